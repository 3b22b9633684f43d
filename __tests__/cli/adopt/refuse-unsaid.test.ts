import fs from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "../../../src/cli");

/** What applies plans, but for the file that does it, and the state's own bucket, which no target takes over. */
const applying = fs
  .readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !/^deploy[\\/](apply|bootstrap-run)\.ts$/.test(file))
  .filter((file) => fs.readFileSync(path.join(root, file), "utf8").includes("planAndApply("));

test("every command that applies a plan looks first at whether it takes over what exists and does what nobody said", () => {
  expect(applying.length).toBeGreaterThan(2);
  const without = applying.filter(
    (file) => !fs.readFileSync(path.join(root, file), "utf8").includes("await refuseUnsaid("),
  );
  expect(without).toEqual([]);
});

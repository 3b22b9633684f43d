import fs from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");
const page = fs.readFileSync(path.join(root, "docs", "chart-traps.md"), "utf8");
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| trap") && !line.startsWith("| ---"))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim()));

test("every trap has a remedy and a test", () => {
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows)
    expect(row).toEqual([expect.any(String), expect.any(String), expect.stringMatching(/^`/)]);
});

const references = rows.flatMap(([trap = "", , tests = ""]) =>
  tests.split("; `").map((each): [string, string, string] => {
    const [, file = "", name = ""] = /^`?([^`]+)`: (.+)$/.exec(each) ?? [];
    return [trap, file, name];
  }),
);

test.each(references)("%s: %s has the test", (_trap, file, name) => {
  expect(fs.readFileSync(path.join(root, file), "utf8")).toContain(name);
});

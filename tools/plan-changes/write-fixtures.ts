import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { changes } from "./changes";

const tests = path.join(__dirname, "..", "..", "__tests__", "plan-review");
const trim = path.join(tests, "fixtures", "trim-plan.mjs");

/** Keeps of the plans that plan-changes.ts made what a review reads, by stack, for the tests: tsx write-fixtures.ts WORK. */
function main(): void {
  const [work] = process.argv.slice(2);
  if (work === undefined) throw new Error("usage: write-fixtures.ts WORK");
  const to = path.join(tests, "changes");
  fs.rmSync(to, { recursive: true, force: true });
  fs.mkdirSync(to);
  for (const { name } of changes) {
    const folder = path.join(work, "plans", name);
    const files = fs.readdirSync(folder).filter((file) => file.endsWith(".json"));
    if (files.length === 0) continue;
    const text = files.map((file) => {
      const run = spawnSync(process.execPath, [trim, path.join(folder, file)], {
        encoding: "utf8",
        maxBuffer: 1 << 28,
      });
      return `${JSON.stringify(path.basename(file, ".json"))}: ${JSON.stringify(JSON.parse(run.stdout))}`;
    });
    fs.writeFileSync(path.join(to, `${name}.json`), `{\n${text.join(",\n")}\n}\n`);
  }
}

main();

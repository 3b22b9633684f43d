import fs from "node:fs";
import path from "node:path";
import { ownCommand, shellLines } from "../../tools/site/commands/shell-lines";
import { fencesIn } from "../../tools/site/fences";
import { loadFleet } from "../../src/fleet/load-fleet";
import { aFolder } from "../support/fixtures";
import { textOf } from "../support/pages";
import { runCommand } from "../support/run-command";

/** Commands of the page that need no account, in order. */
const commands = fencesIn("docs/start.md", textOf("docs/start.md").split("## 7. Deploy")[0] ?? "")
  .filter(({ language }) => language === "console")
  .flatMap(({ language, text }) => shellLines(language, text))
  .flatMap((line) => ownCommand(line)?.replace("npx octarine ", "") ?? []);

test("the ten-minute start works in an empty folder, command by command, as it is written", async () => {
  const folder = aFolder({});
  const before = process.cwd();
  process.chdir(folder);
  const codes: Record<string, number> = {};
  try {
    for (const command of commands) codes[command] = (await runCommand(...command.split(" "))).exitCode;
  } finally {
    process.chdir(before);
  }

  expect(commands.length).toBeGreaterThan(10);
  // The page says so: decisions are still missing.
  expect(Object.entries(codes).filter(([, code]) => code !== 0)).toEqual([["readiness dev/us-east-1", 1]]);
  expect(loadFleet(path.join(folder, "envs")).targets.map(({ name }) => name)).toEqual([
    "dev/us-east-1",
    "prod/eu-west-1",
    "prod/us-east-1",
  ]);
  expect(fs.existsSync(path.join(folder, "report.html"))).toBe(true);
});

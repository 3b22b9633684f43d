import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { differences } from "./differences";
import { onSuccessor, type PackageJson } from "./package-json";

/**
 * tsx tools/successor/check.ts [--samples] [--keep DIR] [JEST ARGUMENTS]
 *
 * A copy of this checkout on the framework's successor, in a temporary folder (DIR: kept and used again): the samples of
 * both have to be equal JSON but for the version; then the unit tests run there, all or those that are named. --samples:
 * no tests. The checkout itself is only read.
 */
const root = path.join(__dirname, "..", "..");
const SAMPLES = ["envs", "examples/envs", "examples/references"];
/** Neither sources nor what the tests read; a program in dist would be made with the framework of the checkout. */
const LEFT = /^(node_modules|\.git|\.cache|dist|cdktf\.out.*)$/;

function run(cwd: string, command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, {
    cwd,
    // Warnings and target lists are those of every synthesis.
    stdio: command === process.execPath ? ["ignore", "ignore", "pipe"] : ["ignore", "inherit", "inherit"],
    env: { ...process.env, OCTARINE_ENVS: undefined, OCTARINE_TARGETS: undefined },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")}: exit ${status} in ${cwd}`);
}

function synthesize(checkout: string, out: string): void {
  for (const envs of SAMPLES)
    run(
      checkout,
      process.execPath,
      "bin/octarine.mjs",
      "--envs",
      envs,
      "synth",
      "--out",
      path.join(out, envs),
    );
}

function copyTo(dir: string): void {
  const filter = (file: string) => file === root || !LEFT.test(path.basename(file));
  fs.cpSync(root, dir, { recursive: true, filter });
  const file = path.join(dir, "package.json");
  const moved = onSuccessor(JSON.parse(fs.readFileSync(file, "utf8")) as PackageJson);
  fs.writeFileSync(file, JSON.stringify(moved, null, 2));
}

function check(dir: string, { tests, jest }: { tests: boolean; jest: string[] }): string[] {
  const copy = path.join(dir, "octarine");
  copyTo(copy);
  run(copy, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline");
  const { name, version } = JSON.parse(
    fs.readFileSync(path.join(copy, "node_modules", "cdktf", "package.json"), "utf8"),
  ) as { name: string; version: string };
  const [before, after] = [path.join(dir, "before"), path.join(dir, "after")];
  synthesize(root, before);
  synthesize(copy, after);
  const found = differences(before, after);
  if (found.length === 0) console.log(`the samples on ${name} ${version}: equal JSON`);
  if (found.length === 0 && tests) run(copy, "npx", "jest", "--selectProjects", "unit", ...jest);
  return found;
}

const args = process.argv.slice(2);
const keepAt = args.indexOf("--keep");
const [, kept] = keepAt < 0 ? [] : args.splice(keepAt, 2);
const dir = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), "octarine-successor-"));
try {
  const jest = args.filter((each) => each !== "--samples");
  const found = check(path.resolve(dir), { tests: !args.includes("--samples"), jest });
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
} finally {
  if (kept === undefined) fs.rmSync(dir, { recursive: true, force: true });
}

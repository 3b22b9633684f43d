import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { atlantisYaml } from "../../ci/atlantis";
import { githubWorkflow } from "../../ci/github-workflow";
import { checkedFleet } from "../checked-fleet";
import { envsDir } from "../fleet-options";
import { CommandFailure, UsageError } from "../report-error";
import { print, say, warn } from "../terminal";
import { shownFile, writeWhole } from "../write-whole";

interface CiOptions {
  readonly out?: string;
  readonly check?: string;
}

export function github(options: CiOptions, command: Command): void {
  const { yaml, remarks } = githubWorkflow(checkedFleet(command), relativeEnvs(envsDir(command)));
  remarks.forEach(warn);
  writeOrCompare("github", yaml, options);
}

export function atlantis(options: CiOptions, command: Command): void {
  writeOrCompare("atlantis", atlantisYaml(checkedFleet(command), relativeEnvs(envsDir(command))), options);
}

function writeOrCompare(name: string, text: string, { out, check }: CiOptions): void {
  if (check !== undefined) return compare(name, check, text);
  if (out === undefined) return print(text.trimEnd());
  fs.mkdirSync(path.dirname(out), { recursive: true });
  writeWhole(out, text);
  say(`wrote ${shownFile(out)}`);
}

/** The folder as jobs in a checkout see it; no path of this machine gets into the file. */
function relativeEnvs(dir: string): string {
  const relative = path.relative(process.cwd(), dir);
  if (relative.startsWith("..") || path.isAbsolute(relative)) {
    throw new UsageError(`--envs ${dir} is outside this folder; run this in the root of the repository`);
  }
  return relative.split(path.sep).join("/");
}

function compare(name: string, file: string, text: string): void {
  const there = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  if (there !== text) {
    throw new CommandFailure(`${file} is not up to date; run npx octarine ci ${name} --out ${file}`);
  }
  print(`${file} is up to date`);
}

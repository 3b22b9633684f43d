import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { CiOptions } from "../../ci/job";
import { type CiSystem, ciFiles } from "../../ci/system-names";
import { ciWriters } from "../../ci/systems";
import { checkedFleet } from "../checked-fleet";
import { envsDir } from "../fleet-options";
import { CommandFailure, UsageError } from "../report-error";
import { print, say, warn } from "../terminal";
import { isStandardOutput, shownFile, writeWhole } from "../write-whole";

interface CiCommandOptions {
  readonly out?: string;
  readonly check?: string;
  readonly branch?: string;
  readonly shards?: number;
  readonly committed?: boolean;
  readonly deploy?: boolean;
}

export function ci(system: CiSystem): (given: CiCommandOptions, command: Command) => void {
  return (given, command) => {
    const { out, check } = given;
    const options = optionsOf(system, given, relativeEnvs(envsDir(command)));
    const { text, remarks } = ciWriters[system](checkedFleet(command), options);
    if (check !== undefined) return compare(check, text, options.command);
    remarks.forEach(warn);
    if (out === undefined) return print(text.trimEnd());
    fs.mkdirSync(path.dirname(out), { recursive: true });
    writeWhole(out, text);
    say(`wrote ${shownFile(out)}`);
  };
}

function optionsOf(system: CiSystem, given: CiCommandOptions, envs: string): CiOptions {
  const { branch = "main", shards = 1, committed = false, deploy = true, out, check } = given;
  const file = check ?? (out === undefined || isStandardOutput(out) ? ciFiles[system] : out);
  return {
    envs,
    file: relativeFile(file),
    command: [
      `npx octarine ci ${system}`,
      ...(branch === "main" ? [] : [`--branch ${branch}`]),
      ...(shards === 1 ? [] : [`--shards ${shards}`]),
      ...(committed ? ["--committed"] : []),
      ...(deploy ? [] : ["--no-deploy"]),
    ].join(" "),
    branch,
    shards,
    committed,
    deploys: deploy,
  };
}

/** The folder as jobs in a checkout see it; no path of this machine gets into the file. */
function relativeEnvs(dir: string): string {
  const relative = fromHere(dir);
  if (relative === undefined)
    throw new UsageError(`--envs ${dir} is outside this folder; run this in the root of the repository`);
  return relative;
}

/** One that is written elsewhere is for somebody to look at; where it will be, its check looks. */
function relativeFile(file: string): string {
  return fromHere(file) ?? path.basename(file);
}

function fromHere(file: string): string | undefined {
  const relative = path.relative(process.cwd(), file);
  if (relative.startsWith("..") || path.isAbsolute(relative)) return undefined;
  return relative.split(path.sep).join("/");
}

function compare(file: string, text: string, command: string): void {
  const there = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  if (there !== text) throw new CommandFailure(`${file} is not up to date; run ${command} --out ${file}`);
  print(`${file} is up to date`);
}

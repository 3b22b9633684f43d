import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import { ConfigError } from "../config/read/problem";
import { readFleet } from "../fleet/load-fleet";
import { refreshCiFiles } from "./commands/ci";
import { envsDir } from "./fleet-options";
import { CommandFailure, UsageError } from "./report-error";
import { print } from "./terminal";

/** Writes files of the folder of targets; where it is then not valid, all is as it was. */
export function writeValid(
  command: Command,
  files: Readonly<Record<string, string>>,
  known: readonly string[] = [],
): void {
  const envs = envsDir(command);
  const before = new Map<string, string | undefined>();
  const made = new Set<string>();
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(envs, name);
    if (path.normalize(name).startsWith(".."))
      throw new UsageError(`${file} is not in ${envs}; write a name`);
    const old = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
    if (old !== undefined && !known.some((each) => path.resolve(each) === path.resolve(file)))
      throw new UsageError(`${file} is there already, and is left as it is; change it, or name another one`);
    before.set(file, old);
    const folder = fs.mkdirSync(path.dirname(file), { recursive: true });
    if (folder !== undefined) made.add(folder);
    fs.writeFileSync(file, text);
  }
  const { problems } = readFleet(envs);
  if (problems.length === 0) {
    [...before.keys()].forEach((file) => print(file));
    return refreshCiFiles(command);
  }
  for (const [file, old] of before) {
    if (old === undefined) fs.rmSync(file);
    else fs.writeFileSync(file, old);
  }
  made.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true }));
  throw new CommandFailure(
    `nothing was written, because it would not be valid:\n${new ConfigError(problems).message}`,
  );
}

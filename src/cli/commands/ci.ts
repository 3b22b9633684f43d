import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { type CiSystem, ciFiles, ciSystems } from "../../ci/system-names";
import { ciWriters } from "../../ci/systems";
import { checkedFleet } from "../checked-fleet";
import { envsDir } from "../fleet-options";
import { type CiCommandOptions, ciOptions, relativeEnvs } from "../project/ci-options";
import { CommandFailure } from "../report-error";
import { print, say, warn } from "../terminal";
import { ciFileCommand } from "../usage/ci-file";
import { shownFile, writeWhole } from "../write-whole";

export function ci(system: CiSystem): (given: CiCommandOptions, command: Command) => void {
  return (given, command) => {
    const { out, check } = given;
    const options = ciOptions(system, given, relativeEnvs(envsDir(command)));
    const { text, remarks } = ciWriters[system](checkedFleet(command), options);
    if (check !== undefined) return compare(check, text, options.command);
    remarks.forEach(warn);
    if (out === undefined) return print(text.trimEnd());
    fs.mkdirSync(path.dirname(out), { recursive: true });
    writeWhole(out, text);
    say(`wrote ${shownFile(out)}`);
  };
}

function compare(file: string, text: string, command: string): void {
  const there = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  if (there !== text) throw new CommandFailure(`${file} is not up to date; run ${command} --out ${file}`);
  print(`${file} is up to date`);
}

/**
 * Writes those files again that this program made where a CI looks for them, as their first lines say that they were made. For
 * commands that change what there is.
 */
export function refreshCiFiles(command: Command): void {
  for (const system of ciSystems) {
    const file = ciFiles[system];
    const given = fs.existsSync(file) ? madeWith(system, fs.readFileSync(file, "utf8")) : undefined;
    if (given !== undefined) ci(system)({ ...given, out: file }, command);
  }
}

/** Options of the command that made a text; undefined for what this program did not make. */
function madeWith(system: CiSystem, text: string): CiCommandOptions | undefined {
  const made = new RegExp(`^# Made by \`npx octarine ci ${system}((?: [^\`]*)?)\` `).exec(text);
  if (made === null) return undefined;
  const command = ciFileCommand(system);
  command.parseOptions((made[1] ?? "").split(" ").filter(Boolean));
  return command.opts();
}

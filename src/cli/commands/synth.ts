import type { Command } from "commander";
import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import { envsDir, loadOptions } from "../fleet-options";
import { synthOnce } from "../synth/synth-once";
import type { SynthRun } from "../synth/synth-run";
import { print, printJson } from "../terminal";

interface SynthCommandOptions {
  readonly out: string;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly check?: boolean;
}

export async function synth(
  targets: string[],
  { out, json, force, check }: SynthCommandOptions,
  command: Command,
): Promise<void> {
  const request = { envs: envsDir(command), targets, ...loadOptions(command) };
  const run = await synthOnce({ request, out, force: force === true, check: check === true });
  if (check) return tellDifferences(run, out, json === true);
  if (json) return printJson(run.stacks);
  const names = [...new Set(run.stacks.map(({ target }) => target))];
  const rows = names.map((name) => [
    name,
    run.stacks
      .filter(({ target }) => target === name)
      .map(({ id }) => id.slice(name.length + 1))
      .join(" -> "),
  ]);
  print(table(rows));
  const state = run.unchanged ? ", unchanged" : "";
  print(`${counted(names.length, "target")}, ${counted(run.stacks.length, "stack")} in ${out}${state}`);
}

function tellDifferences({ differences, stacks }: SynthRun, out: string, json: boolean): void {
  if (differences.length > 0) process.exitCode = 1;
  if (json) return printJson(differences);
  if (differences.length === 0)
    return print(`${out} is what synth writes: ${counted(stacks.length, "stack")}`);
  print(table(differences.map(({ file, is }) => [is, file])));
  print(`${counted(differences.length, "file")} of ${out} would change; run npx octarine synth`);
}

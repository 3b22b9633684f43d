import type { Command } from "commander";
import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import { envsDir, loadOptions } from "../fleet-options";
import { synthOnce } from "../synth/synth-once";
import type { SynthRun } from "../synth/synth-run";
import { UsageError } from "../report-error";
import { refuseInsideEnvs } from "../out-of-envs";
import { print, printJson, warn } from "../terminal";

interface SynthCommandOptions {
  readonly out: string;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly check?: boolean;
  readonly shard?: string;
  readonly merge?: readonly string[];
}

export async function synth(
  targets: string[],
  options: SynthCommandOptions,
  command: Command,
): Promise<void> {
  const { out, json, force, check, shard, merge } = options;
  refuseInsideEnvs(out, envsDir(command));
  if (merge !== undefined) return await mergeParts(merge, targets, options);
  const request = {
    envs: envsDir(command),
    targets,
    ...loadOptions(command),
    ...(shard !== undefined && { shard }),
  };
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

async function mergeParts(
  parts: readonly string[],
  targets: readonly string[],
  { out, json, force, check, shard }: SynthCommandOptions,
): Promise<void> {
  if (targets.length > 0 || force || check || shard !== undefined)
    throw new UsageError(
      "--merge puts together what --shard wrote; leave targets and other options but --out out",
    );
  const { mergeOutputs } = await import("../../synth/output/merge-output");
  const { result, kept } = mergeOutputs(parts, out);
  kept.forEach(warn);
  if (json) return printJson(result);
  print(`${counted(result.length, "stack")} of ${counted(parts.length, "part")} in ${out}`);
}

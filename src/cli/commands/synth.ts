import type { Command } from "commander";
import path from "node:path";
import { exists, Reads, recordReads } from "../../reads/reads";
import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import { envsDir, loadOptions } from "../fleet-options";
import { layStacks } from "../offline/after-synth";
import { synthOnce } from "../synth/synth-once";
import type { SynthOptions, SynthRun } from "../synth/synth-run";
import { isPass, tellPass } from "../watch/pass";
import { UsageError } from "../report-error";
import { refuseInsideEnvs } from "../out-of-envs";
import { print, printJson, say, warn } from "../terminal";

interface SynthCommandOptions {
  readonly out: string;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly check?: boolean;
  readonly shard?: string;
  readonly merge?: readonly string[];
  readonly watch?: boolean;
  readonly debug?: boolean;
  readonly offline?: string;
}

export async function synth(
  targets: string[],
  options: SynthCommandOptions,
  command: Command,
): Promise<void> {
  const { out, json, force, check, shard, merge, debug } = options;
  refuseInsideEnvs(out, envsDir(command));
  if (merge !== undefined) return await mergeParts(merge, targets, options);
  const request = {
    envs: envsDir(command),
    targets,
    ...loadOptions(command),
    ...(shard !== undefined && { shard }),
  };
  if (options.watch) {
    const { watch, watchedArgs } = await import("../watch/watch");
    return await watch(watchedArgs());
  }
  if (isPass()) return await synthPass({ request, out, force: force === true });
  const run = await synthOnce({
    request,
    out,
    force: force === true,
    check: check === true,
    ...(debug && { note: (text: string) => say(`debug: ${text}`) }),
  });
  if (check) return tellDifferences(run, out, json === true);
  if (options.offline !== undefined) await lay(out, run, options.offline);
  if (json) return printJson("synth", run.stacks);
  const names = [...new Set(run.stacks.map(({ target }) => target))];
  const rows = names.map((name) => [
    name,
    run.stacks
      .filter(({ target }) => target === name)
      .map(({ id }) => id.slice(name.length + 1))
      .join(" -> "),
  ]);
  print(table(rows));
  print(`${summaryOf(run, out)}${run.unchanged ? ", unchanged" : ""}`);
  if (options.offline !== undefined)
    say(
      "with a bundle laid into each; run Terraform in them with TF_CLI_CONFIG_FILE=.terraform/offline.tfrc",
    );
}

async function lay(out: string, { stacks }: SynthRun, dir: string): Promise<void> {
  const { openBundle } = await import("../offline/open-bundle");
  await layStacks(out, stacks, openBundle(dir));
}

function summaryOf({ stacks }: SynthRun, out: string): string {
  const targets = new Set(stacks.map(({ target }) => target)).size;
  return `${counted(targets, "target")}, ${counted(stacks.length, "stack")} in ${out}`;
}

/** The same as a pass of `--watch`. */
async function synthPass(options: SynthOptions): Promise<void> {
  const reads = new Reads();
  await tellPass(reads, async () => {
    const run = await synthOnce({ ...options, reads });
    const stacks = Object.entries(run.outputs).filter(([file]) => /^stacks\/.*[^/]$/.test(file));
    // Who removes the folder wants it anew.
    recordReads(reads, () => exists(path.join(options.out, "manifest.json")));
    return {
      warnings: run.warnings,
      outputs: Object.fromEntries(stacks.map(([file, hash]) => [`${options.out}/${file}`, hash])),
      summary: summaryOf(run, options.out),
    };
  });
}

function tellDifferences({ differences, stacks }: SynthRun, out: string, json: boolean): void {
  if (differences.length > 0) process.exitCode = 1;
  if (json) return printJson("synth_check", differences);
  if (differences.length === 0)
    return print(`${out} is what synth writes: ${counted(stacks.length, "stack")}`);
  print(table(differences.map(({ file, is }) => [is, file])));
  const foreign = differences.filter(({ is }) => is === "foreign").length;
  const changing = differences.length - foreign;
  if (changing > 0) print(`${counted(changing, "file")} of ${out} would change; run npx octarine synth`);
  if (foreign > 0)
    print(
      `${counted(foreign, "file")} of ${out} would be read by Terraform, and a synthesis leaves what it did not write; move or remove what is foreign`,
    );
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
  if (json) return printJson("synth_merge", result);
  print(`${counted(result.length, "stack")} of ${counted(parts.length, "part")} in ${out}`);
}

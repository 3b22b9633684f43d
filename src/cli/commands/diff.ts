import { Command, Option } from "commander";
import { formatSynthDiff, synthDiffBlindSpots } from "../../plan-review/format/synth-diff-text";
import { diffSynth } from "../../plan-review/synth-diff";
import { envsDir } from "../fleet-options";
import { synthesizedAt } from "../review/synth-at-commit";
import { print, printJson } from "../terminal";

interface DiffOptions {
  readonly base: string;
  readonly head?: string;
  readonly format: "text" | "json";
  readonly exitCode?: boolean;
}

export function diffCommand(): Command {
  return new Command("diff")
    .description(
      "what changes in the Terraform of every target since a commit; needs no credentials and no state",
    )
    .option("--base <ref>", "commit to compare with, for example origin/main", "HEAD")
    .option("--head <ref>", "commit to compare; the working tree without it")
    .addOption(
      new Option("--format <format>", "form of the result").choices(["text", "json"]).default("text"),
    )
    .option("--exit-code", "exit with 1 if anything changes")
    .action((options: DiffOptions, command: Command) => {
      const envs = envsDir(command);
      const base = synthesizedAt(options.base, envs);
      const stacks = diffSynth(base, synthesizedAt(options.head, envs));
      if (options.format === "json") printJson({ version: 1, stacks, blindSpots: synthDiffBlindSpots });
      else print(formatSynthDiff(stacks));
      if (options.exitCode && stacks.length > 0) process.exitCode = 1;
    });
}

import type { Command } from "commander";
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

export function diff(options: DiffOptions, command: Command): void {
  const envs = envsDir(command);
  const base = synthesizedAt(options.base, envs);
  const stacks = diffSynth(base, synthesizedAt(options.head, envs));
  if (options.format === "json") printJson({ version: 1, stacks, blindSpots: synthDiffBlindSpots });
  else print(formatSynthDiff(stacks));
  if (options.exitCode && stacks.length > 0) process.exitCode = 1;
}

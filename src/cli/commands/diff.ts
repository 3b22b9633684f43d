import type { Command } from "commander";
import { reviewJson } from "../../plan-review/format/json";
import { formatSynthDiff } from "../../plan-review/format/synth-diff-text";
import { diffSynth, reviewSteps, synthDiffBlindSpots } from "../../plan-review/synth-diff";
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
  const head = synthesizedAt(options.head, envs);
  const stacks = diffSynth(base, head);
  const leftBehind = stacks.filter(({ kind }) => kind === "removed").map(({ stack }) => stack);
  const review = reviewSteps(base, head);
  if (options.format === "json") {
    const { impact, couldBe, told } = reviewJson(review);
    printJson({ version: 1, impact, couldBe, leftBehind, told, stacks, blindSpots: synthDiffBlindSpots });
  } else print([...leftBehindNote(leftBehind, options.base), formatSynthDiff(stacks, review)].join("\n"));
  if (options.exitCode && stacks.length > 0) process.exitCode = 1;
}

/** First of all, since no deployment shows it: what a commit no longer makes stays where it was applied. */
function leftBehindNote(stacks: readonly string[], base: string): string[] {
  if (stacks.length === 0) return [];
  return [
    `! No longer made: ${stacks.join(", ")}.`,
    "  Deploying destroys nothing of it: what the states hold stays and costs until",
    `  octarine destroy TARGET STACK, or for a target whose file is gone octarine destroy TARGET --config-at ${base}`,
    "",
  ];
}

import type { Command } from "commander";
import { reviewJson } from "../../plan-review/format/json";
import { synthDiffMarkdown } from "../../plan-review/format/synth-diff-markdown";
import { formatSynthDiff } from "../../plan-review/format/synth-diff-text";
import { diffSynth, reviewSteps, synthDiffBlindSpots } from "../../plan-review/synth-diff";
import { type FormOptions, formOf } from "../forms";
import { envsDir } from "../fleet-options";
import { reachChanges } from "../review/reach-changes";
import { synthesizedAt } from "../review/synth-at-commit";
import { escapeMarkdown } from "../../text/markdown";
import { print, printJson } from "../terminal";

interface DiffOptions extends FormOptions<"text" | "markdown" | "json"> {
  readonly base: string;
  readonly head?: string;
  readonly exitCode?: boolean;
}

export function diff(options: DiffOptions, command: Command): void {
  const envs = envsDir(command);
  const base = synthesizedAt(options.base, envs);
  const head = synthesizedAt(options.head, envs);
  const stacks = diffSynth(base, head);
  const leftBehind = stacks.filter(({ kind }) => kind === "removed").map(({ stack }) => stack);
  const review = reviewSteps(base, head);
  const paths = reachChanges(base, head);
  const note = leftBehindNote(leftBehind, options.base);
  switch (formOf(options)) {
    case "json": {
      const { impact, couldBe, told } = reviewJson(review);
      printJson("diff", {
        version: 1,
        impact,
        couldBe,
        leftBehind,
        told,
        stacks,
        paths,
        blindSpots: synthDiffBlindSpots,
      });
      break;
    }
    case "markdown":
      print([...quoted(note), synthDiffMarkdown(stacks, review), ...pathsMarkdown(paths)].join("\n"));
      break;
    case "text":
      print([...note, formatSynthDiff(stacks, review), ...pathsText(paths)].join("\n"));
  }
  if (options.exitCode && stacks.length > 0) process.exitCode = 1;
}

type Paths = ReturnType<typeof reachChanges>;

function pathsText(paths: Paths): string[] {
  return paths.flatMap(({ target, paths: changed }) => [
    "",
    `Paths of ${target}:`,
    ...changed.map((each) => `  ${each}`),
  ]);
}

function pathsMarkdown(paths: Paths): string[] {
  return paths.flatMap(({ target, paths: changed }) => [
    "",
    `### Paths of ${escapeMarkdown(target)}`,
    "",
    ...changed.map((each) => `- ${escapeMarkdown(each)}`),
  ]);
}

/** First of all, since no deployment shows it: what a commit no longer makes stays where it was applied. */
function leftBehindNote(stacks: readonly string[], base: string): string[] {
  if (stacks.length === 0) return [];
  return [
    `! No longer made: ${stacks.join(", ")}.`,
    "  Deploying doesn't destroy it: what the states hold stays, and costs money, until you run",
    `  npx octarine destroy TARGET STACK, or for a target whose file is gone npx octarine destroy TARGET --config-at ${base}`,
    "",
  ];
}

function quoted(lines: readonly string[]): string[] {
  const text = lines.join(" ").replace(/\s+/g, " ").trim();
  return text === "" ? [] : [`> ${text}`, ""];
}

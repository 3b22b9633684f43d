import { counted } from "../../text/counted";
import { longestRun } from "../../text/markdown";
import type { Review } from "../model/change";
import type { StackDiff } from "../synth-diff";
import { phrase } from "./markdown";
import { formatSynthDiff } from "./synth-diff-text";
import { verdict } from "./wording";

/** Half of a comment: what a change costs and what the guardrails say may stand before it. */
const MOST_CHARACTERS = 30_000;

/** The differences of two syntheses for a comment, folded, and cut where a comment has no room. */
export function synthDiffMarkdown(
  stacks: readonly StackDiff[],
  review: Review,
  limit = MOST_CHARACTERS,
): string {
  if (stacks.length === 0) return "### Terraform: no stack changes";
  const blocks = stacks.reduce((sum, each) => sum + each.blocks.length, 0);
  const lines =
    formatSynthDiff(stacks, review).split("\nWhat this can't see\n")[0]?.trimEnd().split("\n") ?? [];
  const shown = lines.slice(0, fitting(lines, limit));
  const left = lines.length - shown.length;
  const fence = "`".repeat(Math.max(3, longestRun(shown.join("\n")) + 1));
  return [
    `### Terraform: ${counted(stacks.length, "stack")} and ${counted(blocks, "block")} change`,
    "",
    ...(review.changes.length === 0 ? [] : [`**${phrase(verdict(review))}**`, ""]),
    "<details><summary>Changes since the base</summary>",
    "",
    `${fence}diff`,
    ...shown,
    ...(left > 0 ? [`and ${counted(left, "line")} more: npx octarine diff`] : []),
    fence,
    "",
    "</details>",
    "",
    "<details><summary>What this can't see</summary>",
    "",
    ...review.blindSpots.map((each) => `- ${each}`),
    "",
    "</details>",
  ].join("\n");
}

/** How many lines have room. */
function fitting(lines: readonly string[], limit: number): number {
  let length = 0;
  const first = lines.findIndex((line) => (length += line.length + 1) > limit);
  return first === -1 ? lines.length : first;
}

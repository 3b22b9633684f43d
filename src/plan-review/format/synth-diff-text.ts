import type { Review } from "../model/change";
import type { BlockChange, StackDiff } from "../synth-diff";
import { bodyLines } from "./text";
import { differenceStep, visible } from "./wording";

const SIGNS = { added: "+", removed: "-", changed: "~" } as const;

/** What the step between two syntheses does, and what differs block by block, for a terminal of `columns` columns. */
export function formatSynthDiff(stacks: readonly StackDiff[], review: Review, columns = 100): string {
  const cut = (line: string) => {
    const characters = [...line];
    return characters.length > columns ? `${characters.slice(0, columns - 3).join("")}...` : line;
  };
  const lines = stacks.flatMap(({ stack, kind, blocks }) => [
    `${SIGNS[kind]} ${visible(stack)} (${blocks.length} ${blocks.length === 1 ? "block" : "blocks"})`,
    ...blocks.flatMap(blockLines),
    "",
  ]);
  const judged =
    review.changes.length === 0 ? [] : [...bodyLines(review, { columns }), "", "Block by block", ""];
  const head = stacks.length === 0 ? ["No stack changes.", ""] : judged;
  return [
    ...head,
    ...lines.map(cut),
    "What this can't see",
    ...review.blindSpots.map((each) => `- ${each}`),
  ].join("\n");
}

function blockLines({ address, kind, differences, differencesLeftOut }: BlockChange): string[] {
  return [
    `  ${SIGNS[kind]} ${visible(address)}`,
    ...differences.map((each) => `      ${visible(each.path)}: ${visible(differenceStep(each))}`),
    ...(differencesLeftOut > 0 ? [`      and ${differencesLeftOut} more`] : []),
  ];
}

import { counted } from "../../text/counted";
import { cut } from "../../text/width";
import type { Review } from "../model/change";
import type { BlockChange, StackDiff } from "../synth-diff";
import { bodyLines } from "./text";
import { visible } from "../../text/visible";
import { differenceStep } from "./wording";

const SIGNS = { added: "+", removed: "-", changed: "~" } as const;

/** What the step between two syntheses does, and what differs block by block, for a terminal of `columns` columns. */
export function formatSynthDiff(stacks: readonly StackDiff[], review: Review, columns = 100): string {
  const lines = stacks.flatMap(({ stack, kind, blocks }) => [
    `${SIGNS[kind]} ${visible(stack)} (${counted(blocks.length, "block")})`,
    ...blocks.flatMap(blockLines),
    "",
  ]);
  const judged =
    review.changes.length === 0 ? [] : [...bodyLines(review, { columns }), "", "Block by block", ""];
  const head = stacks.length === 0 ? ["No stack changes.", ""] : judged;
  return [
    ...head,
    ...lines.map((line) => cut(line, columns, "...")),
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

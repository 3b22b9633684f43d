import type { BlockChange, StackDiff } from "../synth-diff";
import { differenceStep, visible } from "./wording";

export const synthDiffBlindSpots: readonly string[] = [
  "What runs: configurations are compared, no state and no account is read.",
  "What Terraform computes, and what modules of the registry make of their inputs.",
  "Whether a change replaces, restarts or deletes: npx octarine plan --review says that.",
];

const SIGNS = { added: "+", removed: "-", changed: "~" } as const;

/** The differences of two syntheses for a terminal of `columns` columns. */
export function formatSynthDiff(stacks: readonly StackDiff[], columns = 100): string {
  const cut = (line: string) => {
    const characters = [...line];
    return characters.length > columns ? `${characters.slice(0, columns - 3).join("")}...` : line;
  };
  const lines = stacks.flatMap(({ stack, kind, blocks }) => [
    `${SIGNS[kind]} ${visible(stack)} (${blocks.length} ${blocks.length === 1 ? "block" : "blocks"})`,
    ...blocks.flatMap(blockLines),
    "",
  ]);
  const head = stacks.length === 0 ? ["No stack changes.", ""] : [];
  return [...head, ...lines, "What this can't see", ...synthDiffBlindSpots.map((each) => `- ${each}`)]
    .map(cut)
    .join("\n");
}

function blockLines({ address, kind, differences, differencesLeftOut }: BlockChange): string[] {
  return [
    `  ${SIGNS[kind]} ${visible(address)}`,
    ...differences.map((each) => `      ${visible(each.path)}: ${visible(differenceStep(each))}`),
    ...(differencesLeftOut > 0 ? [`      and ${differencesLeftOut} more`] : []),
  ];
}

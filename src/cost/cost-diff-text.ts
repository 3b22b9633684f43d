import { escapeMarkdown, markdownTable } from "../text/markdown";
import { wrap } from "../text/wrap";
import type { CostChange, CostLineChange, TargetCostChange } from "./cost-diff";
import type { CostRange } from "./cost-range";
import { dollars, row, WIDTH } from "./cost-text";

/** Wider than in an estimate: it shows an item as it was and as it is. */
const ITEM = 59;

/** `+12.30`, `-4.00`, `0.00` */
export function signed(usd: number): string {
  return `${Math.round(usd * 100) > 0 ? "+" : ""}${dollars(usd)}`;
}

/** A comparison for a terminal of 100 columns. */
export function costChangeText(change: CostChange): string {
  const changed = change.targets.filter(({ kind }) => kind !== "same");
  return [
    ...wrap(headline(change), WIDTH, { rest: "  " }),
    ...changed.flatMap((target) => [
      "",
      `${target.target} (${target.region})${kindText(target)}`,
      row("USD a month", ["fewest", "now", "most"], ITEM),
      ...target.lines.map((line) => row(lineText(line), amounts(line.difference), ITEM)),
      row("in all", amounts(target.difference), ITEM),
    ]),
    ...missing(change).flatMap((text) => ["", ...wrap(text, WIDTH, { rest: "  " })]),
  ].join("\n");
}

/** The same for a pull request comment. */
export function costChangeMarkdown(change: CostChange): string {
  const changed = change.targets.filter(({ kind }) => kind !== "same");
  return [
    `### Cost: ${headline(change)}`,
    ...changed.map((target) =>
      [
        `**${escapeMarkdown(target.target)}** (${escapeMarkdown(target.region)})${kindText(target)}`,
        "",
        markdownTable(
          ["USD a month", "fewest nodes", "now", "most nodes"],
          [
            ...target.lines.map((line) => [escapeMarkdown(lineText(line)), ...amounts(line.difference)]),
            ["**in all**", ...amounts(target.difference)],
          ],
          [1, 2, 3],
        ),
      ].join("\n"),
    ),
    ...missing(change),
  ].join("\n\n");
}

function headline({ before, after, difference, targets }: CostChange): string {
  if (targets.every(({ kind }) => kind === "same")) return "nothing changes.";
  return (
    `${signed(difference.expected)} USD a month now (${dollars(before.expected)} to ${dollars(after.expected)}),` +
    ` ${signed(difference.min)} with the fewest nodes, ${signed(difference.max)} with the most.`
  );
}

function kindText({ kind }: TargetCostChange): string {
  return kind === "added" ? ": a new target" : kind === "removed" ? ": a target that is removed" : "";
}

function lineText({ before, after }: CostLineChange): string {
  if (before === undefined) return `+ ${after ?? ""}`;
  if (after === undefined) return `- ${before}`;
  return before === after ? before : `${before} -> ${after}`;
}

function missing({ complete, targets }: CostChange): readonly string[] {
  if (complete) return [];
  const names = targets.filter((each) => !each.complete).map(({ target }) => target);
  return [
    `Prices are missing for ${names.join(", ")}: their lines are not in the sums (npx octarine cost says which).`,
  ];
}

function amounts(range: CostRange | undefined): readonly string[] {
  return range === undefined ? ["no price", "", ""] : [range.min, range.expected, range.max].map(signed);
}

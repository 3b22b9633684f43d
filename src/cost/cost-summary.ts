import { fewOf } from "../text/listed";
import { escapeMarkdown, markdownTable } from "../text/markdown";
import type { CostEstimate } from "./cost-estimate";
import { costSections } from "./cost-line";
import { add, constant, type CostRange } from "./cost-range";
import { dollars, row } from "./cost-text";
import type { CostScenario } from "./scenarios";

type Estimate = Pick<CostEstimate, "target" | "region" | "total" | "complete" | "sections" | "missing">;

/** The sum of targets in a few lines: a target by its sections, several by a line each. */
export function costSummary(
  estimates: readonly (Estimate & { readonly scenarios: readonly CostScenario[] })[],
): string {
  const [first, ...others] = estimates;
  if (first === undefined) return "";
  return (others.length === 0 ? oneTarget(first) : targets(estimates)).join("\n");
}

function oneTarget(estimate: Estimate & { readonly scenarios: readonly CostScenario[] }): string[] {
  const { target, region, sections, total, complete, missing, scenarios } = estimate;
  const used = costSections.filter((name) => sections[name].max > 0);
  const saving = cheapest(scenarios);
  return [
    row(`${target}: USD a month in ${region}`, HEADER),
    ...used.map((name) => row(name, amounts(sections[name]))),
    row(totalText(complete), amounts(total)),
    ...(complete ? [] : [`  no price: ${fewOf(missing.map(({ key }) => key))}`]),
    ...(saving === undefined ? [] : [row(`another way: ${saving.name}`, amounts(saving.difference))]),
  ];
}

function targets(estimates: readonly Estimate[]): string[] {
  return [
    row("USD a month", HEADER),
    ...estimates.map(({ target, total, complete }) =>
      row(`${target}${complete ? "" : " (prices are missing)"}`, amounts(total)),
    ),
    costSum(estimates),
  ];
}

/** The same for a comment or a page of a CI. */
export function costMarkdown(estimates: readonly Estimate[]): string {
  const header = ["Target", ...HEADER.map((text) => `USD a month, ${text}`), "Prices that are missing"];
  const rows = estimates.map(({ target, total, missing }) => [
    escapeMarkdown(target),
    ...amounts(total),
    fewOf(missing.map(({ key }) => key)),
  ]);
  const table = markdownTable(header, rows, [1, 2, 3]);
  const sum = estimates.length < 2 ? [] : ["", `${costSum(estimates)}.`];
  return ["### Cost", "", table, ...sum].join("\n");
}

/** `3 targets: 1,200.00 USD a month now, 900.00 to 2,000.00` */
export function costSum(estimates: readonly Pick<CostEstimate, "total" | "complete">[]): string {
  const total = estimates.reduce((sum, estimate) => add(sum, estimate.total), constant(0));
  const open = estimates.filter(({ complete }) => !complete).length;
  return (
    `${estimates.length} targets: ${dollars(total.expected)} USD a month now,` +
    ` ${dollars(total.min)} to ${dollars(total.max)}` +
    (open > 0 ? `; prices are missing for ${open} of them` : "")
  );
}

const HEADER = ["fewest nodes", "now", "most nodes"];

function totalText(complete: boolean): string {
  return complete ? "total" : "total of what has a price";
}

function amounts({ min, expected, max }: CostRange): string[] {
  return [min, expected, max].map(dollars);
}

/** Of those with a price the one that saves most now. */
function cheapest(scenarios: readonly CostScenario[]) {
  return scenarios
    .flatMap(({ name, difference }) =>
      difference !== undefined && difference.expected < 0 ? [{ name, difference }] : [],
    )
    .toSorted((a, b) => a.difference.expected - b.difference.expected)[0];
}

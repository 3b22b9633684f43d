import { fewOf } from "../text/listed";
import { escapeMarkdown, markdownTable } from "../text/markdown";
import type { CostEstimate } from "./cost-estimate";
import { costSections } from "./cost-line";
import { add, constant, type CostRange } from "./cost-range";
import { wrap } from "../text/wrap";
import { dollars, row, rows, WIDTH } from "./cost-text";
import type { CostScenario } from "./scenarios";
import { sumWithoutText, totalText, withoutText } from "./total-text";

type Estimate = Pick<CostEstimate, "target" | "region" | "total" | "unpriced" | "sections" | "missing">;

/** The sum of targets in a few lines: a target by its sections, several by a line each. */
export function costSummary(
  estimates: readonly (Estimate & { readonly scenarios: readonly CostScenario[] })[],
): string {
  const [first, ...others] = estimates;
  if (first === undefined) return "";
  return (others.length === 0 ? oneTarget(first) : targets(estimates)).join("\n");
}

function oneTarget(estimate: Estimate & { readonly scenarios: readonly CostScenario[] }): string[] {
  const { target, region, sections, total, missing, scenarios } = estimate;
  const used = costSections.filter((name) => sections[name].max > 0);
  const saving = cheapest(scenarios);
  return [
    row(`${target}: USD a month in ${region}`, HEADER),
    ...used.map((name) => row(name, amounts(sections[name]))),
    ...rows(totalText(estimate), amounts(total)),
    ...(missing.length === 0
      ? []
      : [
          `  no price: ${fewOf(missing.map(({ key }) => key))}`,
          `  npx octarine cost refresh ${target} reads AWS's price list of ${region}`,
        ]),
    ...(saving === undefined ? [] : [row(`another way: ${saving.name}`, amounts(saving.difference))]),
  ];
}

function targets(estimates: readonly Estimate[]): string[] {
  return [
    row("USD a month", HEADER),
    ...estimates.flatMap(({ target, total, unpriced }) =>
      rows(unpriced.length === 0 ? target : `${target} ${withoutText(unpriced)}`, amounts(total)),
    ),
    ...costSumLines(estimates),
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

/** `3 targets: 1,200.00 USD a month now, 900.00 to 2,000.00, without nodes of 2 targets (no price)` */
export function costSum(estimates: readonly Pick<CostEstimate, "total" | "unpriced">[]): string {
  const total = estimates.reduce((sum, estimate) => add(sum, estimate.total), constant(0));
  const left = sumWithoutText(estimates);
  return (
    `${estimates.length} targets: ${dollars(total.expected)} USD a month now,` +
    ` ${dollars(total.min)} to ${dollars(total.max)}` +
    (left === "" ? "" : `, ${left}`)
  );
}

/** The same for a terminal of 100 columns. */
export function costSumLines(estimates: Parameters<typeof costSum>[0]): readonly string[] {
  return wrap(costSum(estimates), WIDTH, { rest: "  " });
}

const HEADER = ["fewest nodes", "now", "most nodes"];

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

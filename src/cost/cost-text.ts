import { cut } from "../text/width";
import { wrap } from "../text/wrap";
import type { CostEstimate } from "./cost-estimate";
import type { CostRange } from "./cost-range";
import type { CostScenario } from "./scenarios";
import { totalText } from "./total-text";

const ITEM = 48;
const AMOUNT = 12;
export const WIDTH = 100;

/** `1,234.50` */
export function dollars(usd: number): string {
  const rounded = Math.round(usd * 100) / 100;
  return (Object.is(rounded, -0) ? 0 : rounded).toLocaleString("en-US", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
}

/** An estimate for a terminal of 100 columns. */
export function costText(estimate: CostEstimate, scenarios: readonly CostScenario[]): string {
  return [
    `${estimate.target}: USD a month in ${estimate.region}`,
    "",
    row("", ["fewest nodes", "now", "most nodes"]),
    ...estimate.lines.map(({ item, usd }) => row(item, usd ? amounts(usd) : ["no price", "", ""])),
    ...rows(totalText(estimate), amounts(estimate.total)),
    ...block("Missing prices, to be given below cost.prices:", missingLines(estimate)),
    ...block(
      "Another way, and what it changes:",
      scenarios.flatMap(({ name, difference, remark }) => [
        row(name, difference ? amounts(difference) : ["no price", "", ""]),
        ...indented(remark),
      ]),
    ),
    ...block("Remarks:", estimate.notes.flatMap(indented)),
    ...block(
      "Assumed (cost.assumptions):",
      estimate.assumptions.flatMap(({ name, value, text }) => indented(`${name} ${value}: ${text}`)),
    ),
    ...block("Not in the sum:", estimate.notIncluded.flatMap(indented)),
    ...block("Prices:", priceSources(estimate).flatMap(indented)),
  ].join("\n");
}

/** The sources of an estimate's prices, each once, with its day. */
export function priceSources({ lines }: Pick<CostEstimate, "lines">): readonly string[] {
  const all = lines.flatMap(({ price }) =>
    price === undefined ? [] : [`${price.region}, ${price.asOf ?? "undated"}: ${price.source}`],
  );
  return [...new Set(all)].sort();
}

function missingLines({ missing }: CostEstimate): readonly string[] {
  return missing.flatMap(({ key, text, region }) => indented(`${key}: ${text}, ${region}`));
}

function amounts({ min, expected, max }: CostRange): readonly string[] {
  return [min, expected, max].map(dollars);
}

/** An item and its three amounts; an item longer than its column is cut. */
export function row(item: string, cells: readonly string[], width = ITEM): string {
  return `  ${cut(item, width).padEnd(width)}${cells.map((cell) => cell.padStart(AMOUNT + 1)).join("")}`.trimEnd();
}

/** The same for an item that must be read whole: it goes on over as many lines as it needs, the amounts with the last. */
export function rows(item: string, cells: readonly string[]): readonly string[] {
  const lines = wrap(item, ITEM, { rest: "  " });
  return lines.map((line, index) => row(line, index === lines.length - 1 ? cells : []));
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function indented(text: string): readonly string[] {
  return wrap(text, WIDTH, { first: "  ", rest: "    " });
}

import { costOf, endpointSetSizes } from "../model/cost-of";
import type { CostEstimate } from "../cost/cost-estimate";
import { type CostLine, costSections } from "../cost/cost-line";
import type { CostRange } from "../cost/cost-range";
import { dollars, priceSources } from "../cost/cost-text";
import { type CostScenario, costScenarios } from "../cost/scenarios";
import { totalText } from "../cost/total-text";
import { type Html, html } from "../text/html";
import { bar, fold, plainList } from "./parts";
import type { ReportSection } from "./sections";
import { type Column, htmlTable, type TableRow } from "./table";

/** What costs most comes first, part by part; assumptions and sources are folded. */
export const costSection: ReportSection = {
  id: "cost",
  title: "Cost",
  render: ({ target, asOf, facts, heading }) => {
    const { cost } = facts();
    const scenarios = costScenarios(costOf(target, asOf), endpointSetSizes);
    return html`${
      cost.missing.length === 0
        ? ""
        : html`${heading("Missing prices")}
          ${plainList(cost.missing.map(({ key, text }) => `cost.prices.${key}: ${text}`))}`
    }
    ${costTable(cost)} ${scenarios.length === 0 ? "" : scenarioTable(scenarios)}
    ${cost.notes.length === 0 ? "" : plainList(cost.notes)}
    ${folded(
      "Assumed",
      cost.assumptions.map(({ name, value, text }) => `${name} ${value}: ${text}`),
    )}
    ${folded("Not in the sum", cost.notIncluded)} ${folded("Sources of the prices", priceSources(cost))}`;
  },
};

function folded(title: string, texts: readonly string[]): Html {
  return texts.length === 0 ? html`` : fold(`${title}: ${texts.length}`, plainList(texts), { print: true });
}

function costTable(estimate: CostEstimate): Html {
  const { region, total, sections, lines } = estimate;
  // Where fewer nodes cost less than those of now, both are shown.
  const fewest = Math.abs(total.min - total.expected) >= 0.005;
  const columns: readonly Column[] = [
    { name: "Item" },
    { name: "Share of now", kind: "share" },
    ...(fewest ? [{ name: "Fewest nodes", kind: "number" } as const] : []),
    { name: "Now", kind: "number" },
    { name: "Most nodes", kind: "number" },
  ];
  const row = (item: string, usd: CostRange | undefined, kind: TableRow["kind"]): TableRow => ({
    cells: [item, usd === undefined || kind === "sum" ? "" : share(usd, total), ...amounts(usd, fewest)],
    kind,
  });
  const parts = costSections
    .map((name) => ({ name, usd: sections[name], lines: lines.filter((line) => line.section === name) }))
    .filter((part) => part.lines.length > 0)
    .sort((a, b) => b.usd.expected - a.usd.expected);
  return htmlTable(`USD a month in ${region}, the largest part first`, columns, [
    row(totalText(estimate), total, "sum"),
    ...parts.flatMap((part) => [
      row(part.name, part.usd, "part"),
      ...(part.lines.length === 1 && part.lines[0]?.item === part.name
        ? []
        : [...part.lines].sort(byAmount).map(({ item, usd }) => row(item, usd, "line"))),
    ]),
  ]);
}

function byAmount(a: CostLine, b: CostLine): number {
  const of = ({ usd }: CostLine) => usd?.expected ?? Infinity;
  const [first, second] = [of(a), of(b)];
  return first === second ? (b.usd?.max ?? 0) - (a.usd?.max ?? 0) : second - first;
}

function share(usd: CostRange, total: CostRange): Html {
  return bar([{ share: total.expected > 0 ? usd.expected / total.expected : 0 }]);
}

function amounts(range: CostRange | undefined, fewest: boolean): readonly string[] {
  if (range === undefined) return fewest ? ["no price", "no price", "no price"] : ["no price", "no price"];
  return [...(fewest ? [range.min] : []), range.expected, range.max].map(dollars);
}

/** What saves most now comes first. */
function scenarioTable(scenarios: readonly CostScenario[]): Html {
  const now = ({ difference }: CostScenario) => difference?.expected ?? Infinity;
  return htmlTable(
    "Alternatives, and what each changes per month",
    [{ name: "Way" }, { name: "Now", kind: "number" }, { name: "Most nodes", kind: "number" }],
    [...scenarios]
      .sort((a, b) => now(a) - now(b))
      .map(({ name, remark, difference }) => ({
        cells: [
          html`${name}<br /><span class="more">${remark}</span>`,
          ...(difference === undefined
            ? ["no price", "no price"]
            : [difference.expected, difference.max].map(signed)),
        ],
      })),
  );
}

/** A change has its sign: −69.67, +12.00. */
function signed(usd: number): string {
  const text = dollars(Math.abs(usd));
  return text === "0.00" ? text : `${usd < 0 ? "−" : "+"}${text}`;
}

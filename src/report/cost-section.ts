import { costOf, endpointSetSizes } from "../config/cost-of";
import { costEstimate } from "../cost/cost-estimate";
import type { CostRange } from "../cost/cost-range";
import { dollars, priceSources } from "../cost/cost-text";
import { costScenarios } from "../cost/scenarios";
import { type Html, html, htmlTable } from "./html";
import type { ReportSection } from "./sections";

export const costSection: ReportSection = {
  id: "cost",
  title: "Cost",
  render: ({ target, asOf }) => {
    const input = costOf(target, asOf);
    const estimate = costEstimate(input);
    const scenarios = costScenarios(input, endpointSetSizes);
    const amounts = (range: CostRange | undefined) =>
      range === undefined
        ? ["no price", "no price", "no price"]
        : [range.min, range.expected, range.max].map(dollars);
    const head = ["Fewest nodes", "Now", "Most nodes"];
    return html`${htmlTable(
      `USD a month in ${estimate.region}`,
      ["Item", ...head],
      [
        ...estimate.lines.map(({ item, usd }) => [item, ...amounts(usd)]),
        [
          html`<strong>${estimate.complete ? "Total" : "Total of what has a price"}</strong>`,
          ...amounts(estimate.total),
        ],
      ],
      1,
    )}
    ${list(
      "Missing prices",
      estimate.missing.map(({ key, text }) => `${key}: ${text}`),
    )}
    ${
      scenarios.length === 0
        ? ""
        : htmlTable(
            "Other ways, and what each changes a month",
            ["Way", "What it gives up, or rests on", ...head],
            scenarios.map(({ name, remark, difference }) => [name, remark, ...amounts(difference)]),
            2,
          )
    }
    ${list("Remarks", estimate.notes)}
    ${list(
      "Assumed",
      estimate.assumptions.map(({ name, value, text }) => `${name} ${value}: ${text}`),
    )}
    ${list("Not in the sum", estimate.notIncluded)} ${list("Prices", priceSources(estimate))}`;
  },
};

function list(title: string, items: readonly string[]): Html {
  return items.length === 0
    ? html``
    : html`<h4>${title}</h4>
        <ul>
          ${items.map((item) => html`<li>${item}</li> `)}
        </ul>`;
}

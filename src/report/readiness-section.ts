import type { Checklist, Status } from "../readiness/item";
import type { JudgedItem } from "../readiness/readiness";
import { checklistTitles } from "../readiness/readiness-markdown";
import { type Html, html, htmlTable, places } from "./html";
import type { ReportSection } from "./sections";

const checklists = Object.keys(checklistTitles) as Checklist[];

const classes: Readonly<Record<Status, string>> = {
  met: "good",
  "not met": "bad",
  "decision needed": "bad",
  "not decidable before apply": "more",
};

export const readinessSection: ReportSection = {
  id: "readiness",
  title: "Readiness",
  render: ({ verdict }) => {
    const { asOf, counts, items } = verdict().readiness;
    const summary = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
    return html`<p>${summary.join(", ")} (as of ${asOf}).</p>
      ${checklists.map((list) =>
        htmlTable(
          checklistTitles[list],
          ["Item", "Group", "Status", "Why", "Evidence"],
          items.filter((each) => each.list === list).map(row),
        ),
      )}`;
  },
};

function row({ number, group, asks, status, says, evidence }: JudgedItem): readonly (string | Html)[] {
  return [
    `${number}. ${asks}`,
    group,
    html`<span class="${classes[status]}">${status}</span>`,
    says,
    places(evidence),
  ];
}

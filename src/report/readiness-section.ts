import type { Status } from "../readiness/item";
import type { JudgedItem } from "../readiness/readiness";
import { type Html, html } from "../text/html";
import { sentence } from "./open-points";
import { fold, items, type ListItem, places } from "./parts";
import type { ReportSection } from "./sections";
import { readinessBar } from "./summary-section";
import { htmlTable } from "./table";

/** The worst first; what needs nobody is folded. */
const groups: readonly { readonly status: Status; readonly folded: boolean }[] = [
  { status: "not met", folded: false },
  { status: "decision needed", folded: false },
  { status: "not decidable before apply", folded: true },
  { status: "met", folded: true },
];

export const readinessSection: ReportSection = {
  id: "readiness",
  title: "Readiness",
  render: ({ facts, heading }) => {
    const { asOf, counts, items: all } = facts().judged.readiness;
    const summary = groups.map(({ status }) => `${counts[status]} ${status}`);
    return html`<p>${summary.join(", ")} (as of ${asOf}).</p>
      ${readinessBar({ counts, items: all })}
      ${groups.map(({ status, folded }) => {
        const mine = all.filter((each) => each.status === status);
        if (mine.length === 0) return "";
        const title = `${status.charAt(0).toUpperCase()}${status.slice(1)}: ${mine.length}`;
        return folded
          ? fold(title, list(title, mine), { print: true })
          : html`${heading(title)} ${items(mine.map(itemOf))}`;
      })}`;
  },
};

function itemOf({ number, group, asks, says, evidence }: JudgedItem): ListItem {
  return { head: asks, aside: `${group}, ${number}`, text: [sentence(says)], places: places(evidence) };
}

/** In two columns, for there are many. */
function list(title: string, all: readonly JudgedItem[]): Html {
  return htmlTable(
    title,
    [{ name: "Item" }, { name: "Why" }],
    all.map(({ asks, group, number, says, evidence }) => ({
      cells: [
        html`${asks}<br /><span class="more">${group}, ${number}</span>`,
        html`${sentence(says)} ${places(evidence, 1)}`,
      ],
    })),
  );
}

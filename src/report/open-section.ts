import { html } from "../text/html";
import type { Gravity, OpenPoint } from "./open-points";
import { badge, foldedItems, type ListItem, places, type Tone } from "./parts";
import type { ReportSection } from "./sections";

/** Points shown before the rest is folded. */
const SHOWN = 6;

export const tones: Readonly<Record<Gravity, Tone>> = {
  error: "bad",
  warning: "warn",
  "not met": "warn",
  decision: "note",
};

const sectionNames: Readonly<Record<NonNullable<OpenPoint["section"]>, string>> = {
  capacity: "IP capacity",
  cost: "Cost",
  guardrails: "Guardrails",
  readiness: "Readiness",
  versions: "Versions",
};

/** What somebody has to look at, from all parts, the worst first. */
export const openSection: ReportSection = {
  id: "open",
  title: "What is open, worst first",
  render: ({ facts, idPrefix }) => {
    const { open } = facts();
    if (open.length === 0) return html`<p>Nothing.</p>`;
    return foldedItems(
      open.map((each) => itemOf(each, idPrefix)),
      SHOWN,
    );
  },
};

function itemOf(
  { gravity, what, id, details, section, places: where }: OpenPoint,
  idPrefix: string,
): ListItem {
  const link =
    section === undefined ? [] : [html`<a href="#${idPrefix}-${section}">${sectionNames[section]}</a>`];
  const asides = [...(id === undefined ? [] : [html`${id}${link.length === 0 ? "" : ", "}`]), ...link];
  return {
    badge: badge(tones[gravity], gravity),
    head: what,
    ...(asides.length === 0 ? {} : { aside: html`${asides}` }),
    text: [...new Set(details)],
    places: places(where, 1),
  };
}

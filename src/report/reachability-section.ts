import type { OpenWays } from "../reachability/path/open-ways";
import { openGroups } from "../reachability/path/open-text";
import type { FlowLine, ReachSummary } from "../reachability/path/summary";
import { endText, reachTotal, wayName } from "../reachability/path/text";
import { counted, figure } from "../text/counted";
import { type Html, html } from "../text/html";
import { diagramFigure } from "./diagrams/diagrams";
import { waysDiagram } from "./diagrams/way-diagram";
import { sentence } from "./open-points";
import { badge, fold, foldedItems, type ListItem, places, plainList } from "./parts";
import type { ReportSection } from "./sections";
import { htmlTable } from "./table";

/** Flows shown before the rest is folded. */
const SHOWN = 10;
/** Flows that are drawn: a picture is as long as its way. */
const DRAWN = 5;

const FIGURES = ["needed", "allowed", "denied", "undecided"] as const;

/** Flows that are not proved to pass first; then who meets the internet at all. */
export const reachabilitySection: ReportSection = {
  id: "reachability",
  title: "Reachability",
  render: ({ facts, heading, idPrefix }) => {
    const { needs, toInternet, fromInternet } = facts().judged.proofs;
    if (needs.counts.length === 0) return undefined;
    const open = needs.flows.map(flowItem);
    return html`<p>${reachTotal(needs)}.</p>
      ${open.length === 0 ? "" : html`${heading("Not proved to pass")} ${foldedItems(open, SHOWN)} ${pictures(needs.flows, idPrefix)}`}
      ${fold("Needs by kind", needTable(needs), { print: true })}
      ${ways("May reach the internet", toInternet, "to")}
      ${ways("May be reached from the internet", fromInternet, "from")}`;
  },
};

/** The first flows that are not proved to pass, hop by hop. */
function pictures(flows: readonly FlowLine[], idPrefix: string): Html[] {
  return flows
    .filter(({ hops }) => hops.length > 0)
    .slice(0, DRAWN)
    .map((flow, index) =>
      fold(
        `Picture of ${wayName(flow)}`,
        diagramFigure(waysDiagram([flow]), `${idPrefix}-way-${index}-picture`),
      ),
    );
}

function needTable({ counts }: ReachSummary): Html {
  return htmlTable(
    "Flows that the platform and its services need, by kind",
    [{ name: "Need" }, ...FIGURES.map((name) => ({ name, kind: "number" as const }))],
    counts.map((each) => ({ cells: [each.kind, ...FIGURES.map((name) => String(each[name]))] })),
  );
}

function flowItem(flow: FlowLine): ListItem {
  const { verdict, kind, place } = flow;
  return {
    badge: badge(verdict === "denied" ? "bad" : "warn", verdict),
    head: wayName(flow),
    ...(kind !== undefined && { aside: kind }),
    text: [sentence(endText(flow))],
    places: places(place === undefined ? [] : [place]),
  };
}

function ways(title: string, { flows, closed }: OpenWays, side: "from" | "to"): Html {
  const summary = `${title}: ${counted(flows.length, "way")} open, ${figure(closed)} closed`;
  if (flows.length === 0) return html`<p>${summary}.</p>`;
  const groups = openGroups(flows, side).map(
    ({ head, lines }) =>
      html`<p>${sentence(head)}</p>
        ${plainList(lines)}`,
  );
  return fold(summary, html`${groups}`, { print: true });
}

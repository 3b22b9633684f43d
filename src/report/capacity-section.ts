import { figure } from "../text/counted";
import { type BarSegmentKind, barKinds, type SubnetBar, subnetBars } from "../ip-capacity/capacity-bar";
import type { CapacityProblem } from "../ip-capacity/capacity-problem";
import { type Html, html } from "../text/html";
import { badge, bar, fold, items, plainList } from "./parts";
import type { ReportSection } from "./sections";
import { percent } from "./summary-section";
import { htmlTable, type TableRow } from "./table";
import { shareOf } from "./target-facts";

const meanings: Readonly<Record<BarSegmentKind, string>> = {
  steady: "steady use",
  infrastructure: "infrastructure",
  surge: "surge of an upgrade",
  burst: "burst",
  growth: "growth",
  free: "free",
  missing: "missing",
};

/** Problems first, then a bar for each subnet, the fullest first. */
export const capacitySection: ReportSection = {
  id: "capacity",
  title: "IP capacity",
  render: ({ facts }) => {
    const { problems, zones, assumptions } = facts().capacity;
    const bars = [...subnetBars(zones)].sort((a, b) => shareOf(b.subnet) - shareOf(a.subnet));
    const drawn = barKinds.filter((kind) =>
      bars.some(({ segments }) => segments.some((s) => s.kind === kind)),
    );
    return html`${problems.length === 0 ? html`<p>Every subnet has enough addresses for what is planned.</p>` : problemList(problems)}
      ${htmlTable(
        "Addresses by subnet, the fullest first",
        [
          { name: "Subnet" },
          { name: "Needed", kind: "share" },
          { name: "Addresses", kind: "number" },
          { name: "Free", kind: "number" },
        ],
        bars.map(row),
      )}
      <ul class="legend" aria-label="Parts of the bars">
        ${drawn.map((kind) => html`<li>${bar([{ share: 1, kind }])}${meanings[kind]}</li> `)}
      </ul>
      ${assumptions.length === 0 ? "" : fold(`Assumed: ${assumptions.length}`, plainList(assumptions), { print: true })}`;
  },
};

function problemList(problems: readonly CapacityProblem[]): Html {
  const worstFirst = [...problems].sort((a, b) => a.severity.localeCompare(b.severity));
  return items(
    worstFirst.map(({ message, severity, remedy, subject }) => ({
      badge: badge(severity === "error" ? "bad" : "warn", severity),
      head: message,
      aside: subject,
      text: [`Remedy: ${remedy}.`],
    })),
  );
}

function row({ zone, subnet, segments, usable }: SubnetBar): TableRow {
  const whole = Math.max(1, usable, subnet.need);
  const fits = subnet.fits ? "" : html` ${badge("bad", "does not fit")}`;
  return {
    cells: [
      html`${subnet.subnet}, ${zone}${fits}<br /><span class="more">${subnet.cidr}</span>`,
      html`<div class="beside">
        ${bar(segments.map(({ kind, addresses }) => ({ kind, share: addresses / whole })))}
        <span class="more">${percent(shareOf(subnet))}</span>
      </div>`,
      `${figure(subnet.need)} of ${figure(usable)}`,
      subnet.free < 0 ? html`<span class="bad-text">${figure(subnet.free)}</span>` : figure(subnet.free),
    ],
  };
}

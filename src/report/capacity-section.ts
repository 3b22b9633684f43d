import { capacityReportOf } from "../config/capacity-report-of";
import { capacitySvg } from "../ip-capacity/capacity-svg";
import { Html, html, htmlTable } from "./html";
import type { ReportSection } from "./sections";

export const capacitySection: ReportSection = {
  id: "capacity",
  title: "IP capacity",
  render: ({ target, fleet, idPrefix }) => {
    const report = capacityReportOf(target, fleet);
    const rows = report.zones.flatMap(({ zone, subnets }) =>
      subnets.map(({ subnet, cidr, usable, need, free, fits }) => [
        `${zone} ${subnet}`,
        cidr,
        fits ? html`<span class="good">fits</span>` : html`<span class="bad">does not fit</span>`,
        String(need),
        String(usable),
        String(free),
      ]),
    );
    return html`<figure tabindex="0" role="group" aria-label="Addresses needed in each subnet">
        ${new Html(capacitySvg(report, `${idPrefix}-capacity`))}
      </figure>
      ${htmlTable("Addresses by subnet", ["Subnet", "Range", "Verdict", "Needed", "Usable", "Free"], rows, 3)}
      ${
        report.problems.length === 0
          ? html`<p>No problem was found.</p>`
          : htmlTable(
              "Problems and remedies",
              ["Problem", "Kind", "Remedy"],
              report.problems.map(({ message, severity, remedy }) => [message, severity, remedy]),
            )
      }
      <p class="more">Assumed: ${report.assumptions.join("; ")}.</p>`;
  },
};

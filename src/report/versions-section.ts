import { usedComponents } from "../config/used-components";
import { pinOf } from "../releases/components";
import { html, htmlTable } from "./html";
import type { ReportSection } from "./sections";

export const versionsSection: ReportSection = {
  id: "versions",
  title: "Components and versions",
  render: ({ target }) => {
    const rows = usedComponents(target.config).map((component) => {
      const { version, verified, source, sourceDate, doubt, override } = pinOf(target.release, component);
      const remark =
        override === undefined
          ? (doubt ?? "")
          : `in place of ${override.replaces}: ${override.reason}${doubt === undefined ? "" : `; ${doubt}`}`;
      return [
        component,
        version,
        verified ? html`<span class="good">verified</span>` : html`<span class="bad">unverified</span>`,
        `${source}, ${sourceDate}`,
        remark,
      ];
    });
    return htmlTable(
      `Release ${target.release.name}`,
      ["Component", "Version", "Seen at its publisher", "Source", "Remark"],
      rows,
    );
  },
};

import type { Component } from "../components/components";
import { pinOf } from "../releases/pins";
import type { Target } from "../model/target";
import { html } from "../text/html";
import { badge, fold } from "./parts";
import type { ReportSection } from "./sections";
import { htmlTable, type TableRow } from "./table";

/** Versions that somebody should look at, then those seen at their publisher, folded. */
export const versionsSection: ReportSection = {
  id: "versions",
  title: "Components and versions",
  render: ({ target }) => {
    const { release } = target;
    const all = [...target.components.keys()];
    const looked = all.filter((each) => {
      const { verified, doubt, override } = pinOf(release, each);
      return !verified || doubt !== undefined || override !== undefined;
    });
    const rest = all.filter((each) => !looked.includes(each));
    const table = (caption: string, some: readonly Component[]) =>
      htmlTable(
        caption,
        [{ name: "Component" }, { name: "Version" }, { name: "Source" }],
        some.map((each) => row(target, each)),
      );
    return html`${looked.length === 0 ? "" : table(`Release ${release.name}: to be looked at`, looked)}
    ${
      rest.length === 0
        ? ""
        : fold(
            `Seen at the publisher: ${rest.length}`,
            table(`Release ${release.name}: seen at the publisher`, rest),
            { print: true },
          )
    }`;
  },
};

function row({ release }: Target, component: Component): TableRow {
  const { version, verified, source, sourceDate, doubt, override } = pinOf(release, component);
  const remarks = [
    ...(override === undefined ? [] : [`in place of ${override.replaces}: ${override.reason}`]),
    ...(doubt === undefined ? [] : [doubt]),
  ];
  return {
    cells: [
      component,
      html`${version} ${verified ? "" : badge("bad", "unverified")}`,
      html`${source}, ${sourceDate}
      ${remarks.map((remark) => html`<br /><span class="more">${remark}</span>`)}`,
    ],
  };
}

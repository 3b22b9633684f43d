import { directlyBefore } from "../model/stacks/stack-order";
import { stackId, stateLocation } from "../model/stacks/state-location";
import { diagramFigure, diagramOf } from "./diagrams/diagrams";
import { type Html, html } from "../text/html";
import type { ReportSection } from "./sections";
import { factList } from "./summary-section";
import { htmlTable } from "./table";
import type { Target } from "../model/target";

/** Their order as a picture, and as a table with the state of each. */
export const stacksSection: ReportSection = {
  id: "stacks",
  title: "Stacks and states",
  render: ({ target, fleet, idPrefix }) => {
    const diagram = diagramOf(target, "stacks", fleet);
    return html`${stateTable(target)}
    ${diagram === undefined ? "" : diagramFigure(diagram, `${idPrefix}-stacks-picture`)}`;
  },
};

function stateTable(target: Target): Html {
  const stacks = target.stacks;
  const [first = "network"] = stacks;
  const { bucket, region, kmsKeyArn, roleArn, workspaceKeyPrefix, key } = stateLocation(target, first);
  const folder = `${workspaceKeyPrefix}/${target.workspace}/${key.slice(0, key.lastIndexOf("/") + 1)}`;
  const facts = [
    ["Bucket", `${bucket} in ${region}`],
    ["Folder", folder],
    ["Key", kmsKeyArn],
    ["Role", roleArn],
  ] as const;
  return html`${factList(facts)}
  ${htmlTable(
    `The ${stacks.length} stacks in the order of their deployment`,
    [{ name: "Stack" }, { name: "Waits for" }, { name: "State" }],
    stacks.map((stack) => {
      const state = stateLocation(target, stack).key;
      return {
        cells: [
          html`${stack}<br /><span class="more">${stackId(target, stack)}</span>`,
          directlyBefore(stack, target).join(", "),
          html`<span class="more file">${state.slice(state.lastIndexOf("/") + 1)}</span>`,
        ],
      };
    }),
  )}`;
}

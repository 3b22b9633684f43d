import { diagramKinds } from "./diagrams/diagram-names";
import { diagramFigure, diagramOf } from "./diagrams/diagrams";
import { html } from "./html";
import type { ReportSection } from "./sections";

export const picturesSection: ReportSection = {
  id: "pictures",
  title: "Pictures",
  render: ({ target, fleet, idPrefix }) =>
    html`${diagramKinds.map((kind) => {
      const diagram = diagramOf(target, kind, fleet);
      if (diagram === undefined) return "";
      return diagramFigure(diagram, `${idPrefix}-${kind}`, html`<h4>${diagram.title}</h4>`);
    })}`,
};

import { diagramFigure, diagramOf } from "./diagrams/diagrams";
import { html } from "../text/html";
import type { ReportSection } from "./sections";

export const networkSection: ReportSection = {
  id: "network",
  title: "Network",
  picture: true,
  render: ({ target, fleet, idPrefix }) => {
    const diagram = diagramOf(target, "network", fleet);
    return diagram === undefined ? undefined : html`${diagramFigure(diagram, `${idPrefix}-network-picture`)}`;
  },
};

export const meshSection: ReportSection = {
  id: "mesh",
  title: "Mesh",
  picture: true,
  render: ({ target, fleet, idPrefix }) => {
    const diagram = diagramOf(target, "mesh", fleet);
    return diagram === undefined ? undefined : html`${diagramFigure(diagram, `${idPrefix}-mesh-picture`)}`;
  },
};

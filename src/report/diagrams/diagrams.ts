import type { Fleet, Target } from "../../config/target";
import type { Diagram } from "../../diagram/diagram";
import { mermaid } from "../../diagram/mermaid";
import { svg } from "../../diagram/svg";
import { Html, html, htmlPage } from "../html";
import type { DiagramFormat, DiagramKind } from "./diagram-names";
import { meshDiagram } from "./mesh-diagram";
import { networkDiagram } from "./network-diagram";
import { stacksDiagram, stateDiagram } from "./stacks-diagram";

const makers: Readonly<Record<DiagramKind, (target: Target, fleet: Fleet) => Diagram | undefined>> = {
  network: networkDiagram,
  stacks: stacksDiagram,
  mesh: meshDiagram,
  state: stateDiagram,
};

/** Undefined where there is nothing to draw: a target may be in no mesh. */
export function diagramOf(
  target: Target,
  kind: DiagramKind,
  fleet: Fleet = { targets: [target] },
): Diagram | undefined {
  return makers[kind](target, fleet);
}

/** A picture as text; the same files give the same bytes, so that a change shows in a diff. */
export function drawDiagram(diagram: Diagram, format: DiagramFormat): string {
  switch (format) {
    case "mermaid":
      return mermaid(diagram);
    case "svg":
      return svg(diagram);
    case "html":
      return htmlPage(diagram.title, diagramFigure(diagram, "diagram", html`<h1>${diagram.title}</h1>`));
  }
}

/** A drawing with its description below. */
export function diagramFigure(diagram: Diagram, idPrefix: string, heading: Html): Html {
  return html`${heading}
    <figure tabindex="0" role="group" aria-label="${diagram.title}">
      ${new Html(svg(diagram, idPrefix))}
      <figcaption>${diagram.description}</figcaption>
    </figure>`;
}

import type { Fleet, Target } from "../../model/target";
import type { Diagram } from "../../diagram/diagram";
import { mermaid } from "../../diagram/mermaid";
import { layoutOf } from "../../diagram/layout";
import { svg } from "../../diagram/svg";
import { Html, html } from "../../text/html";
import { htmlPage } from "../html";
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

/** Both margins of the page, in pixels. */
const MARGINS = 48;

/** A drawing with its description below; where it is wider than the window, it says so. */
export function diagramFigure(diagram: Diagram, idPrefix: string, heading = html``): Html {
  const width = Math.ceil(layoutOf(diagram).width);
  return html`${heading}
    <figure tabindex="0" role="group" aria-label="${diagram.title}">
      <style>
        @media (min-width: ${width + MARGINS}px) {
          .wider-than-${width} {
            display: none;
          }
        }
      </style>
      <p class="goes-on more wider-than-${width}">The picture continues to the right.</p>
      ${new Html(svg(diagram, idPrefix))}
      <figcaption>${diagram.description}</figcaption>
    </figure>`;
}

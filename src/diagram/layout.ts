import type { Layout } from "./placed";
import type { Diagram } from "./diagram";
import { gridLayout } from "./grid-layout";
import { layeredLayout } from "./layered-layout";

/**
 * The same diagram has the same layout, in which no line runs through a box or a label.
 *
 * @throws RangeError for a line from a box to itself, and in a grid for one between boxes of a row
 */
export function layoutOf(diagram: Diagram): Layout {
  return diagram.nodes.every(({ at }) => at !== undefined) ? gridLayout(diagram) : layeredLayout(diagram);
}

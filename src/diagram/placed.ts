import type { DiagramEdge, DiagramNode } from "./diagram";
import type { TextLine } from "./box-size";

/** In pixels, from the upper left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Box extends Rectangle {
  readonly node: DiagramNode;
  readonly text: readonly TextLine[];
}

export interface Frame extends Rectangle {
  readonly label: string;
}

/** A height over which a line runs straight up or down; from one stop to the next it may move aside. */
export interface Stop {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Route {
  readonly edge: DiagramEdge;
  /** From its upper box, where the first stop begins, to its lower box, where the last one ends. */
  readonly stops: readonly Stop[];
  /** Whether the edge starts at the lower box. */
  readonly up: boolean;
  readonly label?: Rectangle;
}

/** Where everything of a diagram is. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  readonly routes: readonly Route[];
}

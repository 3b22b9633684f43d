/** Where a box lies in a grid: the first row is at the top, the first column at the left. */
export interface GridPlace {
  /** From 0. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  /** Columns that it covers; 1 if left out. */
  readonly span?: number;
}

/** A box of a diagram. */
export interface DiagramNode {
  /** Unique in its diagram: letters, digits, `-`, `_`, `/` and `.`. */
  readonly id: string;
  /** The first line is the name, the others say more. */
  readonly lines: readonly string[];
  /** Left out by every box of a diagram whose lines alone decide where its boxes are. */
  readonly at?: GridPlace;
  /** How full it is: 0 empty, 1 full, above 1 too full. */
  readonly fill?: number;
  /** A stripe in its colour; the words of the box say it too. */
  readonly tone?: "good" | "warn" | "bad";
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** An arrow to the end if left out; `both-ways` has two, and a `gap` is what should be connected and is not. */
  readonly line?: "both-ways" | "gap";
}

/** A frame around boxes that lie side by side. */
export interface DiagramGroup {
  readonly id: string;
  readonly label: string;
  readonly nodes: readonly string[];
}

export interface Diagram {
  readonly title: string;
  /** One or two sentences for those who can't see it. */
  readonly description: string;
  readonly nodes: readonly DiagramNode[];
  readonly groups: readonly DiagramGroup[];
  readonly edges: readonly DiagramEdge[];
  /** Of a grid, in pixels. @default that of all boxes */
  readonly columnWidth?: number;
}

/** `82% used` */
export function fillText(fill: number): string {
  return `${Math.round(fill * 100)}% used`;
}

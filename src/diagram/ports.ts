import type { Rectangle } from "./placed";

/** An end of a line at the upper or lower side of a box. */
export interface LineEnd {
  /** Of the line. */
  readonly index: number;
  readonly box: Rectangle;
  readonly side: "top" | "bottom";
  /** From where the line comes: it is met there if the box reaches so far. */
  readonly wants: number;
  /** What its label takes at the right of the line. */
  readonly room?: number;
}

/** Between two lines at one side of a box, and from its corners. */
const BETWEEN = 16;
const CORNER = 24;

export function center({ x, width }: Rectangle): number {
  return x + width / 2;
}

/** Where each line meets its box. Lines stay straight where they can, and two never meet a box in one place. */
export function ports(ends: readonly LineEnd[]): ReadonlyMap<LineEnd, number> {
  const sides = new Map<Rectangle, Record<LineEnd["side"], LineEnd[]>>();
  for (const end of ends) {
    const known = sides.get(end.box) ?? { top: [], bottom: [] };
    known[end.side].push(end);
    sides.set(end.box, known);
  }
  return new Map([...sides.values()].flatMap(({ top, bottom }) => [...spread(top), ...spread(bottom)]));
}

function spread(ends: readonly LineEnd[]): readonly (readonly [LineEnd, number])[] {
  const sorted = [...ends].sort((a, b) => a.wants - b.wants || a.index - b.index);
  const [first] = sorted;
  if (first === undefined) return [];
  const { x, width } = first.box;
  const [left, right] = [x + CORNER, x + width - CORNER];
  const narrow = Math.min(BETWEEN, (right - left) / sorted.length);
  const between = sorted.map(({ room = narrow }) => room);
  const found: number[] = [];
  for (const [index, { wants }] of sorted.entries()) {
    const last = index === 0 ? -Infinity : (found[index - 1] ?? left) + (between[index - 1] ?? narrow);
    found.push(Math.max(Math.min(Math.max(wants, left), right), last));
  }
  // Those that were pushed over the right end push the others back.
  let limit = right - Math.max(0, (sorted.at(-1)?.room ?? 0) - CORNER);
  for (let index = found.length - 1; index >= 0; index--) {
    found[index] = Math.min(found[index] ?? limit, limit);
    limit = (found[index] ?? limit) - (between[index - 1] ?? narrow);
  }
  return sorted.map((end, index) => [end, found[index] ?? left] as const);
}

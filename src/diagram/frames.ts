import { cut, FRAME_LABEL, PAD, textWidth } from "./box-size";
import type { Frame, Rectangle, Route } from "./placed";
import { type Point, routePoints, runsThrough } from "./route-shape";

/** @param room right of the boxes, for lines that run there */
export function frameAround(label: string, inside: readonly Rectangle[], room = 0): Frame {
  const left = Math.min(...inside.map(({ x }) => x)) - PAD;
  const top = Math.min(...inside.map(({ y }) => y)) - FRAME_LABEL;
  const right = Math.max(...inside.map(({ x, width }) => x + width)) + PAD + room;
  const bottom = Math.max(...inside.map(({ y, height }) => y + height)) + PAD;
  return { label, x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * A frame's label where no line runs through it: at the left if there is room, else in the widest gap, cut if need be. Where a line
 * takes the whole width there is none: words below a line can't be read.
 */
export function frameLabel(frame: Frame, routes: readonly Route[]): Rectangle & { readonly text: string } {
  const y = frame.y + 2;
  const height = FRAME_LABEL - 4;
  const [left, right] = [frame.x + PAD, frame.x + frame.width - PAD];
  const band = { x: left, y, width: right - left, height };
  const gaps = gapsBetween(
    routes.flatMap((route) => crossings(routePoints(route), band)),
    left,
    right,
  );
  const wanted = textWidth(frame.label);
  const fitting = gaps.find(({ x, end }) => end - x >= wanted);
  const widest = gaps.reduce((best, each) => (each.end - each.x > best.end - best.x ? each : best), {
    x: left,
    end: left,
  });
  const { x, end } = fitting ?? widest;
  const text = end > x ? cut(frame.label, end - x) : "";
  return { text, x, y, width: Math.min(textWidth(text), end - x), height };
}

interface Gap {
  readonly x: number;
  readonly end: number;
}

/** From a line to the words beside it. */
const CLEAR = 4;

/** What is left of a stretch between the pieces of lines that run through it. */
function gapsBetween(taken: readonly Gap[], left: number, right: number): readonly Gap[] {
  const gaps: Gap[] = [];
  let x = left;
  for (const each of [...taken].sort((a, b) => a.x - b.x)) {
    if (each.x - CLEAR > x) gaps.push({ x, end: Math.min(each.x - CLEAR, right) });
    x = Math.max(x, each.end + CLEAR);
  }
  return x < right ? [...gaps, { x, end: right }] : gaps;
}

/** The pieces of a line that run through a rectangle, by what they take of its width. */
function crossings(points: readonly Point[], band: Rectangle): readonly Gap[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    return next !== undefined && runsThrough([point, next], band)
      ? [{ x: Math.min(point.x, next.x), end: Math.max(point.x, next.x) }]
      : [];
  });
}

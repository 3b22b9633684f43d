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

/** A frame's label where no line runs through it: at the left if there is room, else in the widest gap, cut if need be. */
export function frameLabel(frame: Frame, routes: readonly Route[]): Rectangle & { readonly text: string } {
  const y = frame.y + 2;
  const height = FRAME_LABEL - 4;
  const [left, right] = [frame.x + PAD, frame.x + frame.width - PAD];
  const band = { x: left, y, width: right - left, height };
  const crossed = routes
    .flatMap((route) => crossings(routePoints(route), band))
    .filter((x) => x > left && x < right)
    .sort((a, b) => a - b);
  const edges = [left - 4, ...crossed, right + 4];
  const gaps = edges.slice(1).map((end, index) => ({ x: (edges[index] ?? left) + 4, end: end - 4 }));
  const wanted = textWidth(frame.label);
  const fitting = gaps.find(({ x, end }) => end - x >= wanted);
  const widest = gaps.reduce((best, each) => (each.end - each.x > best.end - best.x ? each : best));
  const { x, end } = fitting ?? widest;
  const text = cut(frame.label, end - x);
  return { text, x, y, width: Math.min(textWidth(text), end - x), height };
}

/** Where the pieces of a line that run through a rectangle begin and end, from the left. */
function crossings(points: readonly Point[], band: Rectangle): readonly number[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    return next !== undefined && runsThrough([point, next], band) ? [point.x, next.x] : [];
  });
}

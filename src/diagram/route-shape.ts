import type { Rectangle, Route, Stop } from "./placed";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The line as SVG draws it, in the direction of its edge: straight along its stops, and an S from one to the next. */
export function routePath(route: Route): string {
  const steps = inDirection(route).map(({ x, enter, leave }, index, all) => {
    const before = all[index - 1];
    const start = before === undefined ? `M${at(x, enter)}` : curve(before.x, before.leave, x, enter);
    return enter === leave ? start : `${start}L${at(x, leave)}`;
  });
  return steps.join("");
}

function inDirection({ stops, up }: Route) {
  const down = stops.map(({ x, top, bottom }) => ({ x, enter: top, leave: bottom }));
  return up ? down.map(({ x, enter, leave }) => ({ x, enter: leave, leave: enter })).reverse() : down;
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (y1 + y2) / 2;
  return x1 === x2 ? `L${at(x2, y2)}` : `C${at(x1, middle)} ${at(x2, middle)} ${at(x2, y2)}`;
}

function at(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Straight pieces of the S from one stop to the next. */
const PIECES = 24;

/** The line as straight pieces, from its upper end to its lower one. */
export function routePoints({ stops }: Route): readonly Point[] {
  return stops.flatMap((stop, index) => {
    const next = stops[index + 1];
    return [
      { x: stop.x, y: stop.top },
      { x: stop.x, y: stop.bottom },
      ...(next === undefined ? [] : curvePoints(stop, next)),
    ];
  });
}

/** The Bézier curve that `curve` draws. */
function curvePoints(upper: Stop, lower: Stop): readonly Point[] {
  const middle = (upper.bottom + lower.top) / 2;
  return Array.from({ length: PIECES - 1 }, (_, index) => {
    const t = (index + 1) / PIECES;
    const [first, second] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t];
    const [third, last] = [3 * (1 - t) * t ** 2, t ** 3];
    return {
      x: (first + second) * upper.x + (third + last) * lower.x,
      y: first * upper.bottom + (second + third) * middle + last * lower.top,
    };
  });
}

/** Below what an eye sees, above what arithmetic is wrong by. */
const TOUCH = 0.01;

/** Whether a line runs through a rectangle. One that only touches its border does not. */
export function runsThrough(points: readonly Point[], { x, y, width, height }: Rectangle): boolean {
  return points.some((point, index) => {
    const next = points[index + 1] ?? point;
    return (
      Math.max(point.x, next.x) > x + TOUCH &&
      Math.min(point.x, next.x) < x + width - TOUCH &&
      Math.max(point.y, next.y) > y + TOUCH &&
      Math.min(point.y, next.y) < y + height - TOUCH
    );
  });
}

import dagre from "@dagrejs/dagre";
import { BOX, boxHeight, boxText, FRAME_LABEL, LABEL_HEIGHT, PAD, textWidth } from "./box-size";
import type { Diagram, DiagramEdge } from "./diagram";
import { frameAround } from "./frames";
import type { Box, Layout, Rectangle, Route, Stop } from "./placed";
import { center, type LineEnd, ports } from "./ports";

const BESIDE = 28;
const BETWEEN_LINES = 20;
const TURN = 24;

/** Boxes above those that their lines lead to. Dagre finds their places and keeps room for lines between them. */
export function layeredLayout({ nodes, groups, edges }: Diagram): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true, compound: true });
  const margin = groups.length > 0 ? FRAME_LABEL + PAD : PAD / 2;
  // Dagre halves the distance, and puts labels in the middle.
  graph.setGraph({
    nodesep: BESIDE,
    edgesep: BETWEEN_LINES,
    ranksep: 2 * TURN,
    marginx: PAD * 1.5,
    marginy: margin,
  });
  const sized = nodes.map((node) => ({ node, text: boxText(node, BOX), width: BOX }));
  for (const { node, text, width } of sized)
    graph.setNode(node.id, { width, height: boxHeight(text, node.fill) });
  for (const { id, nodes: inside } of groups) {
    graph.setNode(`group ${id}`, {});
    for (const each of inside) graph.setParent(each, `group ${id}`);
  }
  const known = edges.filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to));
  for (const [index, edge] of known.entries()) {
    if (edge.from === edge.to) throw new RangeError(`a line leads from ${edge.from} to itself`);
    graph.setEdge(edge.from, edge.to, labelSize(edge), `${index}`);
  }
  dagre.layout(graph);
  const boxes = sized.map(({ node, text }): Box => {
    const { x = 0, y = 0, width, height } = graph.node(node.id) as Partial<Rectangle> & Rectangle;
    return { node, text, x: x - width / 2, y: y - height / 2, width, height };
  });
  const frames = groups.map(({ label, nodes: inside }) => {
    const framed = boxes.filter(({ node }) => inside.includes(node.id));
    const frame = frameAround(label, framed);
    // With nothing beside it, it is as wide as its label.
    const alone = framed.length === boxes.length;
    return alone ? { ...frame, width: Math.max(frame.width, textWidth(label) + 2 * PAD) } : frame;
  });
  const lines = known.map((edge, index) => {
    const { points = [], x, y } = graph.edge(edge.from, edge.to, `${index}`) as LaidOutEdge;
    // The first and the last are where dagre's line meets the boxes.
    return {
      edge,
      passes: points.slice(1, -1),
      ...(x === undefined || y === undefined ? {} : { label: { x, y } }),
    };
  });
  const routes = routesOf(lines, boxes);
  const all: readonly Rectangle[] = [...boxes, ...frames, ...routes.flatMap(({ label }) => label ?? [])];
  return {
    width: Math.max(0, ...all.map(({ x, width }) => x + width)) + PAD / 2,
    height: Math.max(0, ...all.map(({ y, height }) => y + height)) + PAD / 2,
    boxes,
    frames,
    routes,
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface LaidOutEdge extends Partial<Point> {
  readonly points?: readonly Point[];
}

interface Line {
  readonly edge: DiagramEdge;
  readonly passes: readonly Point[];
  /** Where its label is; the line runs through this point, too. */
  readonly label?: Point;
}

/** As wide on both sides of the line, for the label stands on its right. */
function labelSize({ label }: DiagramEdge) {
  return label === undefined
    ? {}
    : { width: 2 * (textWidth(label) + PAD), height: LABEL_HEIGHT, labelpos: "c" };
}

function routesOf(lines: readonly Line[], boxes: readonly Box[]): readonly Route[] {
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const ends = lines.flatMap(({ edge, passes, label }, index) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const up = from.y > to.y;
    const [high, low] = up ? [to, from] : [from, to];
    const down = [...passes].sort((a, b) => a.y - b.y);
    const upper: LineEnd = { index, box: high, side: "bottom", wants: down[0]?.x ?? center(low) };
    const lower: LineEnd = { index, box: low, side: "top", wants: down.at(-1)?.x ?? center(high) };
    return [{ edge, up, down, upper, lower, label }];
  });
  const places = ports(ends.flatMap(({ upper, lower }) => [upper, lower]));
  const bands = bandsOf(lines, boxes);
  return ends.map(({ edge, up, down, upper, lower, label }) => {
    const middle = down.map(({ x, y }): Stop => ({ x, ...bandAt(bands, y) }));
    const [start, end] = [upper.box.y + upper.box.height, lower.box.y];
    const stops = [
      { x: places.get(upper) ?? 0, top: start, bottom: bandAt(bands, start - 1).bottom },
      ...middle,
      { x: places.get(lower) ?? 0, top: bandAt(bands, end + 1).top, bottom: end },
    ];
    return { edge, stops, up, ...(label === undefined ? {} : { label: labelBox(edge, label) }) };
  });
}

function labelBox({ label = "" }: DiagramEdge, { x, y }: Point): Rectangle {
  return { x: x + 6, y: y - LABEL_HEIGHT / 2, width: textWidth(label), height: LABEL_HEIGHT };
}

type Band = Omit<Stop, "x">;

/** Heights that boxes or labels take, from the top; they don't overlap. */
function bandsOf(lines: readonly Line[], boxes: readonly Box[]): readonly Band[] {
  const rows = boxes.map(({ y, height }) => ({ top: y, bottom: y + height }));
  const labels = lines.flatMap(({ label }) =>
    label === undefined ? [] : [{ top: label.y - LABEL_HEIGHT / 2, bottom: label.y + LABEL_HEIGHT / 2 }],
  );
  const bands: Band[] = [];
  for (const each of [...rows, ...labels].sort((a, b) => a.top - b.top)) {
    const last = bands.at(-1);
    if (last === undefined || each.top > last.bottom) bands.push(each);
    else bands[bands.length - 1] = { top: last.top, bottom: Math.max(last.bottom, each.bottom) };
  }
  return bands;
}

function bandAt(bands: readonly Band[], y: number): Band {
  return bands.find(({ top, bottom }) => y >= top && y <= bottom) ?? { top: y, bottom: y };
}

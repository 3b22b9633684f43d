import { BOX, boxHeight, boxText, FRAME_LABEL, LABEL_HEIGHT, PAD, textWidth } from "./box-size";
import type { Diagram, DiagramEdge, DiagramNode, GridPlace } from "./diagram";
import type { Box, Layout, Rectangle, Route, Stop } from "./placed";
import { frameAround } from "./frames";
import { center, type LineEnd, ports } from "./ports";

/** Between two frames, or two boxes without one. */
const BETWEEN_COLUMNS = 12;
/** Between two lines beside a column's boxes, and from the boxes to the first. */
const LANE = 14;
/** Height in which lines move aside. */
const TURN = 24;

/** A height: boxes, labels of lines, or the label of a frame. Lines run straight through it. */
interface Band {
  readonly kind: "row" | "label" | "frame";
  readonly row: number;
  readonly top: number;
  readonly bottom: number;
}

interface PlacedBox extends Box {
  readonly at: GridPlace;
}

interface Line {
  readonly edge: DiagramEdge;
  readonly upper: DiagramNode & { readonly at: GridPlace };
  readonly lower: DiagramNode & { readonly at: GridPlace };
  /** Rows between its boxes of which one has a box in its way. */
  readonly lane?: { readonly column: number; readonly index: number };
}

/** Boxes lie where they say. A line past a row runs beside the boxes of its lower end's column. */
export function gridLayout(diagram: Diagram): Layout {
  const lines = linesOf(diagram);
  const lanes = (column: number) => lines.filter(({ lane }) => lane?.column === column).length;
  const columns = columnsOf(diagram, lanes);
  const bands = bandsOf(diagram, lines, columns);
  const boxes = diagram.nodes.flatMap((node) => (node.at ? [boxOf(node, node.at, columns, bands)] : []));
  const frames = diagram.groups.flatMap(({ label, nodes }) => {
    const inside = boxes.filter(({ node }) => nodes.includes(node.id));
    const right = Math.max(...inside.map(({ at }) => lanes(at.column + (at.span ?? 1) - 1) * LANE));
    return inside.length === 0 ? [] : [frameAround(label, inside, right)];
  });
  const all: readonly Rectangle[] = [...boxes, ...frames];
  return {
    width: Math.max(0, ...all.map(({ x, width }) => x + width)) + PAD / 2,
    height: Math.max(0, ...all.map(({ y, height }) => y + height)) + PAD / 2,
    boxes,
    frames,
    routes: routesOf(lines, boxes, bands),
  };
}

function linesOf({ nodes, edges }: Diagram): readonly Line[] {
  const byId = new Map(
    nodes.flatMap((node) => (node.at ? [[node.id, { ...node, at: node.at }] as const] : [])),
  );
  const lanes = new Map<number, number>();
  return edges.flatMap((edge): Line[] => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    if (from.at.row === to.at.row)
      throw new RangeError(`a grid has no line within a row: ${edge.from}, ${edge.to}`);
    const [upper, lower] = from.at.row < to.at.row ? [from, to] : [to, from];
    const inTheWay = nodes.some(
      ({ at }) =>
        at !== undefined && at.row > upper.at.row && at.row < lower.at.row && covers(at, lower.at.column),
    );
    if (!inTheWay) return [{ edge, upper, lower }];
    const { column } = lower.at;
    const index = lanes.get(column) ?? 0;
    lanes.set(column, index + 1);
    return [{ edge, upper, lower, lane: { column, index } }];
  });
}

function covers({ column, span = 1 }: GridPlace, other: number): boolean {
  return other >= column && other < column + span;
}

/** Left and right edge of the boxes of each column. */
function columnsOf({ nodes, columnWidth = BOX }: Diagram, lanes: (column: number) => number) {
  const count = Math.max(0, ...nodes.map(({ at }) => (at ? at.column + (at.span ?? 1) : 0)));
  let left = PAD * 1.5;
  return Array.from({ length: count }, (_, column) => {
    const found = { left, right: left + columnWidth };
    left = found.right + lanes(column) * LANE + 2 * PAD + BETWEEN_COLUMNS;
    return found;
  });
}

type Columns = ReturnType<typeof columnsOf>;

function horizontal({ column, span = 1 }: GridPlace, columns: Columns) {
  const x = columns[column]?.left ?? 0;
  return { x, width: (columns[column + span - 1]?.right ?? x + BOX) - x };
}

/** All bands from the top. A row is as high as its highest box. */
function bandsOf({ nodes, groups }: Diagram, lines: readonly Line[], columns: Columns): readonly Band[] {
  const rows = [...new Set(nodes.flatMap(({ at }) => (at ? [at.row] : [])))].sort((a, b) => a - b);
  const rowOf = new Map(nodes.map(({ id, at }) => [id, at?.row ?? 0]));
  const framed = new Set(
    groups.map((group) => Math.min(...group.nodes.map((id) => rowOf.get(id) ?? Infinity))),
  );
  const bands: Band[] = [];
  let y = PAD / 2;
  const add = (kind: Band["kind"], row: number, height: number) => {
    bands.push({ kind, row, top: y, bottom: y + height });
    y += height;
  };
  for (const [index, row] of rows.entries()) {
    if (index > 0) {
      y += TURN;
      // A label stands beside its line, above the lower box.
      if (lines.some(({ edge, lower }) => edge.label !== undefined && lower.at.row === row)) {
        add("label", row, LABEL_HEIGHT);
        y += TURN / 2;
      }
    }
    if (framed.has(row)) add("frame", row, FRAME_LABEL);
    const inRow = nodes.flatMap((node) => (node.at?.row === row ? [{ node, at: node.at }] : []));
    const heights = inRow.map(({ node, at }) =>
      boxHeight(boxText(node, horizontal(at, columns).width), node.fill),
    );
    add("row", row, Math.max(...heights));
  }
  return bands;
}

function boxOf(node: DiagramNode, at: GridPlace, columns: Columns, bands: readonly Band[]): PlacedBox {
  const { x, width } = horizontal(at, columns);
  const { top = 0, bottom = 0 } = bands.find(({ kind, row }) => kind === "row" && row === at.row) ?? {};
  return { node, at, text: boxText(node, width), x, y: top, width, height: bottom - top };
}

function routesOf(
  lines: readonly Line[],
  boxes: readonly PlacedBox[],
  bands: readonly Band[],
): readonly Route[] {
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const ends = lines.flatMap((line, index): { upper: LineEnd; lower: LineEnd; line: Line }[] => {
    const [upper, lower] = [byId.get(line.upper.id), byId.get(line.lower.id)];
    if (upper === undefined || lower === undefined) return [];
    const lane = laneX(line, lower);
    return [
      {
        line,
        upper: { index, box: upper, side: "bottom", wants: lane ?? center(lower) },
        lower: {
          index,
          box: lower,
          side: "top",
          wants: center(lower.width > upper.width ? upper : lower),
          ...(line.edge.label === undefined ? {} : { room: textWidth(line.edge.label) + 2 * PAD }),
        },
      },
    ];
  });
  const places = ports(ends.flatMap(({ upper, lower }) => [upper, lower]));
  return ends.map(({ line, upper, lower }) => {
    const [upperX, lowerX] = [places.get(upper) ?? 0, places.get(lower) ?? 0];
    const passed = bands.filter(
      ({ top, bottom }) => top >= upper.box.y + upper.box.height && bottom <= lower.box.y,
    );
    const x = ({ row }: Band) => (row === line.lower.at.row ? lowerX : (laneX(line, lower.box) ?? lowerX));
    const between = passed.map((band): Stop => ({ x: x(band), top: band.top, bottom: band.bottom }));
    const stops = [
      { x: upperX, top: upper.box.y + upper.box.height, bottom: upper.box.y + upper.box.height },
      ...between,
      { x: lowerX, top: lower.box.y, bottom: lower.box.y },
    ];
    const band = passed.find(({ kind, row }) => kind === "label" && row === line.lower.at.row);
    const up = line.edge.from === line.lower.id;
    return {
      edge: line.edge,
      stops,
      up,
      ...(band === undefined || line.edge.label === undefined
        ? {}
        : {
            label: { x: x(band) + 6, y: band.top, width: textWidth(line.edge.label), height: LABEL_HEIGHT },
          }),
    };
  });
}

function laneX({ lane }: Line, { x, width }: Rectangle): number | undefined {
  return lane === undefined ? undefined : x + width + (lane.index + 1) * LANE - 4;
}

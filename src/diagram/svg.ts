import { type Diagram, type DiagramEdge, type DiagramGroup, type DiagramNode, fillText } from "./diagram";

const CELL = 232;
const BOX = 204;
const LINE = 17;
const PAD = 10;
const ROW_GAP = 38;
const GROUP_LABEL = 22;
/** Characters of a box's first line, and of its others, that fit its width at the font sizes below. */
const FIT = { first: 27, other: 33 } as const;

interface Box {
  readonly node: DiagramNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The diagram as a self-contained SVG: title and description for screen readers, colours that follow the reader's
 * scheme, no font and no script from elsewhere.
 *
 * @param idPrefix starts every id in the drawing; unique within a page that has several
 */
export function svg(diagram: Diagram, idPrefix = "diagram"): string {
  const boxes = place(diagram.nodes, diagram.groups.length > 0 ? GROUP_LABEL + PAD : PAD);
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const width = Math.max(0, ...boxes.map((box) => box.x + box.width)) + (CELL - BOX) / 2;
  const height = Math.max(0, ...boxes.map((box) => box.y + box.height)) + PAD + 6;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
      ` role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" class="diagram">`,
    `<title id="${idPrefix}-title">${escape(diagram.title)}</title>`,
    `<desc id="${idPrefix}-desc">${escape(diagram.description)}</desc>`,
    `<style>${STYLES}</style>`,
    `<marker id="${idPrefix}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"` +
      ` orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" class="diagram-head"/></marker>`,
    ...diagram.groups.map((group) => frame(group, byId)),
    ...diagram.edges.flatMap((each) => {
      const [start, end] = [byId.get(each.from), byId.get(each.to)];
      return start && end ? [edge(start, end, each, idPrefix)] : [];
    }),
    ...boxes.map(draw),
    "</svg>",
  ].join("\n");
}

/** Each row is as high as its highest box. */
function place(nodes: readonly DiagramNode[], top: number): readonly Box[] {
  const rows = [...new Set(nodes.map(({ row }) => row))].sort((a, b) => a - b);
  const heights = rows.map((row) => Math.max(...nodes.filter((node) => node.row === row).map(heightOf)));
  const tops = heights.map((_, index) =>
    heights.slice(0, index).reduce((sum, height) => sum + height + ROW_GAP, top),
  );
  return nodes.map((node) => ({
    node,
    x: node.column * CELL + (CELL - BOX) / 2,
    y: tops[rows.indexOf(node.row)] ?? top,
    width: BOX + ((node.span ?? 1) - 1) * CELL,
    height: heightOf(node),
  }));
}

function heightOf({ lines, fill }: DiagramNode): number {
  return 2 * PAD + lines.length * LINE + (fill === undefined ? 0 : LINE + 6);
}

function draw({ node, x, y, width, height }: Box): string {
  const span = node.span ?? 1;
  const lines = node.lines.map((line, index) => {
    const fits = (index === 0 ? FIT.first : FIT.other) * span;
    const style = index === 0 ? "diagram-name" : "diagram-more";
    return `<text x="${x + PAD}" y="${y + PAD + 12 + index * LINE}" class="${style}">${escape(cut(line, fits))}</text>`;
  });
  const full = node.lines.join(", ");
  return [
    `<g><title>${escape(node.fill === undefined ? full : `${full}, ${fillText(node.fill)}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" class="diagram-box"/>`,
    ...lines,
    ...(node.fill === undefined ? [] : [bar(node.fill, x + PAD, y + height - PAD - 16, width - 2 * PAD)]),
    "</g>",
  ].join("\n");
}

function bar(fill: number, x: number, y: number, width: number): string {
  const used = Math.round(Math.min(Math.max(fill, 0), 1) * (width - 76) * 100) / 100;
  return (
    `<rect x="${x}" y="${y + 4}" width="${width - 76}" height="10" class="diagram-track"/>` +
    `<rect x="${x}" y="${y + 4}" width="${used}" height="10" class="${fill > 1 ? "diagram-over" : "diagram-fill"}"/>` +
    `<text x="${x + width}" y="${y + 13}" text-anchor="end" class="diagram-more">${fillText(fill)}</text>`
  );
}

function frame({ label, nodes }: DiagramGroup, byId: ReadonlyMap<string, Box>): string {
  const inside = nodes.flatMap((id) => byId.get(id) ?? []);
  if (inside.length === 0) return "";
  const left = Math.min(...inside.map(({ x }) => x)) - PAD;
  const top = Math.min(...inside.map(({ y }) => y)) - GROUP_LABEL;
  const right = Math.max(...inside.map(({ x, width }) => x + width)) + PAD;
  const bottom = Math.max(...inside.map(({ y, height }) => y + height)) + PAD;
  return (
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="8" class="diagram-frame"/>` +
    `<text x="${left + PAD}" y="${top + 15}" class="diagram-more">${escape(cut(label, 36))}</text>`
  );
}

function edge(from: Box, to: Box, { label, line }: DiagramEdge, idPrefix: string): string {
  const up = to.y < from.y;
  const sameRow = to.node.row === from.node.row;
  const center = (box: Box) => box.x + box.width / 2;
  const [x1, y1, x2, y2] = sameRow
    ? [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2]
    : [reach(from, to), up ? from.y : from.y + from.height, reach(to, from), up ? to.y + to.height : to.y];
  const middle = (y1 + y2) / 2;
  const path = sameRow
    ? `M${x1} ${y1}L${x2} ${y2}`
    : `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
  const text =
    label === undefined
      ? ""
      : `<text x="${x1 + 6}" y="${up ? y1 - 6 : y1 + 14}" class="diagram-more">${escape(label)}</text>`;
  const marker = (end: string) => ` marker-${end}="url(#${idPrefix}-arrow)"`;
  const heads = line === "gap" ? "" : `${line === "both-ways" ? marker("start") : ""}${marker("end")}`;
  return `<path d="${path}" class="diagram-edge${line === "gap" ? " diagram-gap" : ""}"${heads}/>${text}`;

  /** A wide box is met above or below the narrow one, so that lines stay straight. */
  function reach(box: Box, other: Box): number {
    const x = center(other);
    return x >= box.x + PAD && x <= box.x + box.width - PAD ? x : center(box);
  }
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const variables = (
  text: string,
  more: string,
  box: string,
  line: string,
  fill: string,
  track: string,
  over: string,
) =>
  `--diagram-text:${text};--diagram-more:${more};--diagram-box:${box};--diagram-line:${line};` +
  `--diagram-fill:${fill};--diagram-track:${track};--diagram-over:${over}`;

const STYLES = [
  `.diagram{${variables("#1b1f24", "#4b5663", "#ffffff", "#7a8794", "#1f5fa8", "#dde3e9", "#c62828")}}`,
  `@media (prefers-color-scheme:dark){.diagram{${variables("#e6e9ec", "#b3bdc7", "#1d2228", "#7f8c99", "#6aa9f0", "#39424c", "#ff8a80")}}}`,
  ".diagram text{font:12px system-ui,sans-serif;fill:var(--diagram-more)}",
  ".diagram .diagram-name{font:600 13px system-ui,sans-serif;fill:var(--diagram-text)}",
  ".diagram-box{fill:var(--diagram-box);stroke:var(--diagram-line)}",
  ".diagram-frame{fill:none;stroke:var(--diagram-line);stroke-dasharray:4 3}",
  ".diagram-edge{fill:none;stroke:var(--diagram-line);stroke-width:1.5}",
  ".diagram-gap{stroke-dasharray:2 4}",
  ".diagram-head{fill:var(--diagram-line)}",
  ".diagram-fill{fill:var(--diagram-fill)}.diagram-track{fill:var(--diagram-track)}.diagram-over{fill:var(--diagram-over)}",
].join("");

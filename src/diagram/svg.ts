import { LINE, PAD } from "./box-size";
import { type Diagram, fillText } from "./diagram";
import { frameLabel } from "./frames";
import { type Box, type Frame, type Layout, layoutOf, type Route } from "./layout";
import { routePath } from "./route-shape";

/**
 * The diagram as a self-contained SVG: title and description for screen readers, colours that follow the reader's
 * scheme, no font and no script from elsewhere.
 *
 * @param idPrefix starts every id in the drawing; unique within a page that has several
 */
export function svg(diagram: Diagram, idPrefix = "diagram"): string {
  const layout = layoutOf(diagram);
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
      ` role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" class="diagram">`,
    `<title id="${idPrefix}-title">${escape(diagram.title)}</title>`,
    `<desc id="${idPrefix}-desc">${escape(diagram.description)}</desc>`,
    `<style>${STYLES}</style>`,
    `<marker id="${idPrefix}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"` +
      ` orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" class="diagram-head"/></marker>`,
    ...layout.frames.map((each) => frame(each, layout)),
    ...layout.routes.map((each) => line(each, idPrefix)),
    ...layout.boxes.map(draw),
    "</svg>",
  ].join("\n");
}

function draw({ node, text, x, y, width, height }: Box): string {
  const lines = text.map(({ text: each, name }, index) => {
    const style = name ? "diagram-name" : "diagram-more";
    return `<text x="${round(x + PAD)}" y="${round(y + PAD + 12 + index * LINE)}" class="${style}">${escape(each)}</text>`;
  });
  const full = node.lines.join(", ");
  return [
    `<g><title>${escape(node.fill === undefined ? full : `${full}, ${fillText(node.fill)}`)}</title>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6" class="diagram-box"/>`,
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

function frame(each: Frame, { routes }: Layout): string {
  const { x, y, width, height } = each;
  const label = frameLabel(each, routes);
  return (
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8" class="diagram-frame"/>` +
    `<text x="${round(label.x)}" y="${round(label.y + 13)}" class="diagram-more">${escape(label.text)}</text>`
  );
}

function line(route: Route, idPrefix: string): string {
  const { edge, label } = route;
  const text =
    label === undefined
      ? ""
      : `<text x="${round(label.x)}" y="${round(label.y + 12)}" class="diagram-more">${escape(edge.label ?? "")}</text>`;
  const marker = (end: string) => ` marker-${end}="url(#${idPrefix}-arrow)"`;
  const gap = edge.line === "gap";
  const heads = gap ? "" : `${edge.line === "both-ways" ? marker("start") : ""}${marker("end")}`;
  return `<path d="${routePath(route)}" class="diagram-edge${gap ? " diagram-gap" : ""}"${heads}/>${text}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
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
  `@media screen and (prefers-color-scheme:dark){.diagram{${variables("#e6e9ec", "#b3bdc7", "#1d2228", "#7f8c99", "#6aa9f0", "#39424c", "#ff8a80")}}}`,
  ".diagram text{font:12px system-ui,sans-serif;fill:var(--diagram-more)}",
  ".diagram .diagram-name{font:600 13px system-ui,sans-serif;fill:var(--diagram-text)}",
  ".diagram-box{fill:var(--diagram-box);stroke:var(--diagram-line)}",
  ".diagram-frame{fill:none;stroke:var(--diagram-line);stroke-dasharray:4 3}",
  ".diagram-edge{fill:none;stroke:var(--diagram-line);stroke-width:1.5}",
  ".diagram-gap{stroke-dasharray:2 4}",
  ".diagram-head{fill:var(--diagram-line)}",
  ".diagram-fill{fill:var(--diagram-fill)}.diagram-track{fill:var(--diagram-track)}.diagram-over{fill:var(--diagram-over)}",
].join("");

import { Html, linesOf, xml } from "../text/html";
import { palette, type Scheme } from "../text/palette";
import { LINE, PAD } from "./box-size";
import { type Diagram, fillText } from "./diagram";
import { frameLabel } from "./frames";
import { layoutOf } from "./layout";
import type { Box, Frame, Layout, Route } from "./placed";
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
  const open = xml`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" class="diagram">`;
  return linesOf([
    open,
    xml`<title id="${idPrefix}-title">${diagram.title}</title>`,
    xml`<desc id="${idPrefix}-desc">${diagram.description}</desc>`,
    xml`<style>${new Html(STYLES)}</style>`,
    xml`<marker id="${idPrefix}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" class="diagram-head"/></marker>`,
    ...layout.frames.map((each) => frame(each, layout)),
    ...layout.routes.map((each) => line(each, idPrefix)),
    ...layout.boxes.map(draw),
    xml`</svg>`,
  ]).markup;
}

function draw({ node, text, x, y, width, height }: Box): Html {
  const lines = text.map(({ text: each, name }, index) => {
    const style = name ? "diagram-name" : "diagram-more";
    return xml`<text x="${round(x + PAD)}" y="${round(y + PAD + 12 + index * LINE)}" class="${style}">${each}</text>`;
  });
  const full = node.lines.join(", ");
  return linesOf([
    xml`<g><title>${node.fill === undefined ? full : `${full}, ${fillText(node.fill)}`}</title>`,
    xml`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6" class="diagram-box"/>`,
    ...(node.tone === undefined
      ? []
      : [
          xml`<rect x="${round(x)}" y="${round(y + 6)}" width="5" height="${round(height - 12)}" class="diagram-${node.tone}"/>`,
        ]),
    ...lines,
    ...(node.fill === undefined ? [] : [bar(node.fill, x + PAD, y + height - PAD - 16, width - 2 * PAD)]),
    xml`</g>`,
  ]);
}

function bar(fill: number, x: number, y: number, width: number): Html {
  const used = Math.round(Math.min(Math.max(fill, 0), 1) * (width - 76) * 100) / 100;
  const parts = [
    xml`<rect x="${x}" y="${y + 4}" width="${width - 76}" height="10" class="diagram-track"/>`,
    xml`<rect x="${x}" y="${y + 4}" width="${used}" height="10" class="${fill > 1 ? "diagram-over" : "diagram-fill"}"/>`,
    xml`<text x="${x + width}" y="${y + 13}" text-anchor="end" class="diagram-more">${fillText(fill)}</text>`,
  ];
  return xml`${parts}`;
}

function frame(each: Frame, { routes }: Layout): Html {
  const { x, y, width, height } = each;
  const label = frameLabel(each, routes);
  const parts = [
    xml`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8" class="diagram-frame"/>`,
    xml`<text x="${round(label.x)}" y="${round(label.y + 13)}" class="diagram-more">${label.text}</text>`,
  ];
  return xml`${parts}`;
}

function line(route: Route, idPrefix: string): Html {
  const { edge, label } = route;
  const text =
    label === undefined
      ? ""
      : xml`<text x="${round(label.x)}" y="${round(label.y + 12)}" class="diagram-more">${edge.label ?? ""}</text>`;
  const marker = (end: string) => xml` marker-${end}="url(#${idPrefix}-arrow)"`;
  const gap = edge.line === "gap";
  const heads = gap ? [] : [...(edge.line === "both-ways" ? [marker("start")] : []), marker("end")];
  return xml`<path d="${routePath(route)}" class="diagram-edge${gap ? " diagram-gap" : ""}"${heads}/>${text}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const variables = (scheme: Scheme) =>
  Object.entries({
    text: palette.text,
    more: palette.more,
    box: palette.box,
    line: palette.edge,
    fill: palette.bar,
    track: palette.track,
    over: palette.missing,
    good: palette.good,
    warn: palette.warn,
    bad: palette.bad,
  })
    .map(([name, colour]) => `--diagram-${name}:${colour[scheme]}`)
    .join(";");

const STYLES = [
  `.diagram{${variables("light")}}`,
  `@media screen and (prefers-color-scheme:dark){.diagram{${variables("dark")}}}`,
  ".diagram text{font:12px system-ui,sans-serif;fill:var(--diagram-more)}",
  ".diagram .diagram-name{font:600 13px system-ui,sans-serif;fill:var(--diagram-text)}",
  ".diagram-box{fill:var(--diagram-box);stroke:var(--diagram-line)}",
  ".diagram-frame{fill:none;stroke:var(--diagram-line);stroke-dasharray:4 3}",
  ".diagram-edge{fill:none;stroke:var(--diagram-line);stroke-width:1.5}",
  ".diagram-gap{stroke-dasharray:2 4}",
  ".diagram-head{fill:var(--diagram-line)}",
  ".diagram-good{fill:var(--diagram-good)}.diagram-warn{fill:var(--diagram-warn)}.diagram-bad{fill:var(--diagram-bad)}",
  ".diagram-fill{fill:var(--diagram-fill)}.diagram-track{fill:var(--diagram-track)}.diagram-over{fill:var(--diagram-over)}",
].join("");

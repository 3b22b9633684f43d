import { Html, linesOf, xml } from "../text/html";
import { palette, type Scheme } from "../text/palette";
import { figure } from "../text/counted";
import { type BarSegmentKind, barKinds, barScale, type SubnetBar, subnetBars } from "./capacity-bar";
import type { CapacityReport } from "./reported-capacity";

const WIDTH = 860;
const BAR_LEFT = 190;
const BAR_WIDTH = 500;
const ROW = 34;
const BAR_HEIGHT = 20;
const TOP = 8;

/**
 * A bar for each subnet as a self-contained SVG: title and description for screen readers, figures beside each bar,
 * colours by CSS variables (`--capacity-steady` and so on) that follow the reader's colour scheme.
 *
 * @param idPrefix starts every id in the drawing; unique within a page that has several
 */
export function capacitySvg(
  report: Pick<CapacityReport, "target" | "fits" | "zones">,
  idPrefix = "capacity",
): string {
  const bars = subnetBars(report.zones);
  const height = TOP + bars.length * ROW + 32;
  const open = xml`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" class="capacity-chart">`;
  return linesOf([
    open,
    xml`<title id="${idPrefix}-title">IP capacity of ${report.target}</title>`,
    xml`<desc id="${idPrefix}-desc">${description(report.fits, bars)}</desc>`,
    xml`<style>${new Html(styles())}</style>`,
    xml`<pattern id="${idPrefix}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="capacity-missing"/><rect width="2" height="6" class="capacity-free"/></pattern>`,
    ...bars.map((bar, index) => row(bar, TOP + index * ROW, barScale(bars, bar.subnet.subnet), idPrefix)),
    legend(TOP + bars.length * ROW + 16, idPrefix),
    xml`</svg>`,
  ]).markup;
}

function description(fits: boolean, bars: readonly SubnetBar[]): string {
  const each = bars.map(({ zone, subnet }) => {
    const rest = subnet.fits ? `${figure(subnet.free)} free` : `${figure(-subnet.free)} missing`;
    return `${zone} ${subnet.subnet}: ${figure(subnet.need)} of ${figure(subnet.usable)} addresses needed, ${rest}`;
  });
  return `${fits ? "The addresses are enough." : "Something does not fit."} ${each.join(". ")}.`;
}

function styles(): string {
  const variables = (scheme: Scheme) =>
    barKinds.map((kind) => `--capacity-${kind}:${palette[kind][scheme]}`).join(";");
  const text = "font:13px system-ui,sans-serif;fill:var(--capacity-text)";
  return [
    `.capacity-chart{--capacity-text:${palette.text.light};${variables("light")}}`,
    `@media screen and (prefers-color-scheme:dark){.capacity-chart{--capacity-text:${palette.text.dark};${variables("dark")}}}`,
    `.capacity-chart text{${text}}`,
    `.capacity-chart .capacity-end{stroke:var(--capacity-text);stroke-width:2}`,
    ...barKinds.map((kind) => `.capacity-${kind}{fill:var(--capacity-${kind})}`),
  ].join("");
}

function row(
  { zone, subnet, segments, usable }: SubnetBar,
  y: number,
  scale: number,
  idPrefix: string,
): Html {
  const at = (addresses: number) => round((addresses / scale) * BAR_WIDTH);
  const middle = y + BAR_HEIGHT / 2 + 5;
  const rects = segments.map(({ kind, start, addresses }) => {
    const box = xml`x="${round(BAR_LEFT + at(start))}" y="${y}" width="${at(addresses)}" height="${BAR_HEIGHT}"`;
    return xml`<rect ${box} ${paint(kind, idPrefix)}><title>${kind}: ${figure(addresses)}</title></rect>`;
  });
  const end = round(BAR_LEFT + at(usable));
  return linesOf([
    xml`<text x="0" y="${middle}">${zone} ${subnet.subnet}</text>`,
    ...rects,
    xml`<line class="capacity-end" x1="${end}" y1="${y - 3}" x2="${end}" y2="${y + BAR_HEIGHT + 3}"/>`,
    xml`<text x="${WIDTH}" y="${middle}" text-anchor="end">${figure(subnet.need)} of ${figure(subnet.usable)}</text>`,
  ]);
}

function legend(y: number, idPrefix: string): Html {
  const step = 116;
  return linesOf(
    barKinds.map(
      (kind, index) =>
        xml`<rect x="${index * step}" y="${y}" width="12" height="12" ${paint(kind, idPrefix)}/><text x="${index * step + 17}" y="${y + 11}">${kind}</text>`,
    ),
  );
}

/** Missing addresses are hatched, so that they can be told without colour. */
function paint(kind: BarSegmentKind, idPrefix: string): Html {
  return kind === "missing" ? xml`fill="url(#${idPrefix}-hatch)"` : xml`class="capacity-${kind}"`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

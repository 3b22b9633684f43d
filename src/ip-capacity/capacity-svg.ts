import { type BarSegmentKind, barKinds, barScale, type SubnetBar, subnetBars } from "./capacity-bar";
import type { CapacityReport } from "./capacity-report";
import { figure } from "./text-layout";

const WIDTH = 860;
const BAR_LEFT = 190;
const BAR_WIDTH = 500;
const ROW = 34;
const BAR_HEIGHT = 20;
const TOP = 8;

/** Fill in the light and in the dark, each told from its neighbours by brightness as well as by hue. */
const fills: Readonly<Record<BarSegmentKind, readonly [light: string, dark: string]>> = {
  steady: ["#1f5fa8", "#6aa9f0"],
  infrastructure: ["#5b6b7b", "#9fb0c2"],
  surge: ["#8a4fb5", "#c79be6"],
  burst: ["#b8860b", "#f0c75e"],
  growth: ["#7fae8f", "#3f7d57"],
  free: ["#e4e8ec", "#2b3138"],
  missing: ["#c62828", "#ff8a80"],
};

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
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"` +
      ` role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" class="capacity-chart">`,
    `<title id="${idPrefix}-title">${escape(`IP capacity of ${report.target}`)}</title>`,
    `<desc id="${idPrefix}-desc">${escape(description(report.fits, bars))}</desc>`,
    `<style>${styles()}</style>`,
    `<pattern id="${idPrefix}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<rect width="6" height="6" class="capacity-missing"/><rect width="2" height="6" class="capacity-free"/></pattern>`,
    ...bars.map((bar, index) => row(bar, TOP + index * ROW, barScale(bars, bar.subnet.subnet), idPrefix)),
    legend(TOP + bars.length * ROW + 16, idPrefix),
    "</svg>",
  ].join("\n");
}

function description(fits: boolean, bars: readonly SubnetBar[]): string {
  const each = bars.map(({ zone, subnet }) => {
    const rest = subnet.fits ? `${figure(subnet.free)} free` : `${figure(-subnet.free)} missing`;
    return `${zone} ${subnet.subnet}: ${figure(subnet.need)} of ${figure(subnet.usable)} addresses needed, ${rest}`;
  });
  return `${fits ? "The addresses are enough." : "Something does not fit."} ${each.join(". ")}.`;
}

function styles(): string {
  const variables = (scheme: 0 | 1) =>
    barKinds.map((kind) => `--capacity-${kind}:${fills[kind][scheme]}`).join(";");
  const text = "font:13px system-ui,sans-serif;fill:var(--capacity-text)";
  return [
    `.capacity-chart{--capacity-text:#1b1f24;${variables(0)}}`,
    `@media screen and (prefers-color-scheme:dark){.capacity-chart{--capacity-text:#e6e9ec;${variables(1)}}}`,
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
): string {
  const at = (addresses: number) => round((addresses / scale) * BAR_WIDTH);
  const middle = y + BAR_HEIGHT / 2 + 5;
  const rects = segments.map(({ kind, start, addresses }) => {
    const box = `x="${round(BAR_LEFT + at(start))}" y="${y}" width="${at(addresses)}" height="${BAR_HEIGHT}"`;
    const tip = `<title>${escape(`${kind}: ${figure(addresses)}`)}</title>`;
    return `<rect ${box} ${paint(kind, idPrefix)}>${tip}</rect>`;
  });
  const end = round(BAR_LEFT + at(usable));
  return [
    `<text x="0" y="${middle}">${escape(`${zone} ${subnet.subnet}`)}</text>`,
    ...rects,
    `<line class="capacity-end" x1="${end}" y1="${y - 3}" x2="${end}" y2="${y + BAR_HEIGHT + 3}"/>`,
    `<text x="${WIDTH}" y="${middle}" text-anchor="end">${figure(subnet.need)} of ${figure(subnet.usable)}</text>`,
  ].join("\n");
}

function legend(y: number, idPrefix: string): string {
  const step = 116;
  return barKinds
    .map(
      (kind, index) =>
        `<rect x="${index * step}" y="${y}" width="12" height="12" ${paint(kind, idPrefix)}/>` +
        `<text x="${index * step + 17}" y="${y + 11}">${kind}</text>`,
    )
    .join("\n");
}

/** Missing addresses are hatched, so that they can be told without colour. */
function paint(kind: BarSegmentKind, idPrefix: string): string {
  return kind === "missing" ? `fill="url(#${idPrefix}-hatch)"` : `class="capacity-${kind}"`;
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

import { figure } from "../text/counted";
import { columns } from "../text/columns";
import { barKinds, type BarSegmentKind, barScale, type SubnetBar, subnetBars } from "./capacity-bar";
import type { ZoneReport } from "./capacity-zones";

const BAR_WIDTH = 40;

const glyphs: Readonly<Record<BarSegmentKind, string>> = {
  steady: "█",
  infrastructure: "▓",
  surge: "▒",
  burst: "░",
  growth: "+",
  free: "·",
  missing: "!",
};

export interface PicturePaint {
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

const kinds = ["nodes", "pods", "public"] as const;

/** A bar for each kind of subnet, as long as the subnet; zones with the same figures share one. */
export function capacityPicture(
  zones: readonly ZoneReport[],
  { bad, faint }: PicturePaint,
): readonly string[] {
  const bars = subnetBars(zones);
  const distinct = bars.filter((bar, index) => bars.findIndex((other) => key(other) === key(bar)) === index);
  const ordered = kinds.flatMap((kind) => distinct.filter(({ subnet }) => subnet.subnet === kind));
  const used = new Set(ordered.flatMap(({ segments }) => segments.map(({ kind }) => kind)));
  const legend = barKinds.filter((kind) => used.has(kind)).map((kind) => `${glyphs[kind]} ${kind}`);
  const rows = columns([...ordered.map((bar) => row(bar, bars)), ["", "", legend.join("  ")]], [3, 4]);
  return rows.map((line, index) => {
    const bar = ordered[index];
    return bar === undefined ? faint(line) : bar.subnet.fits ? line : bad(line);
  });
}

function row(bar: SubnetBar, bars: readonly SubnetBar[]): readonly string[] {
  const { subnet } = bar;
  const alike = bars.filter((other) => key(other) === key(bar));
  const where =
    alike.length > 1 && alike.length === sameKind(bars, bar).length ? `${alike.length} zones` : "";
  return [
    subnet.subnet,
    `/${subnet.cidr.split("/")[1] ?? ""} in ${where || short(alike.map(({ zone }) => zone))}`,
    draw(bar, barScale(bars, subnet.subnet)),
    `${figure(subnet.need)} of ${figure(subnet.usable)}`,
    `${figure(Math.ceil((subnet.need / Math.max(subnet.usable, 1)) * 100))} %`,
  ];
}

function sameKind(bars: readonly SubnetBar[], { subnet }: SubnetBar): readonly SubnetBar[] {
  return bars.filter((other) => other.subnet.subnet === subnet.subnet);
}

/** Bars that look alike: CIDRs differ in any case. */
function key({ subnet }: SubnetBar): string {
  return [subnet.subnet, subnet.usable, ...Object.values(subnet.parts)].join(" ");
}

/** Characters by rounding the ends of the segments, so that the bar's length is right whatever its parts are. */
function draw({ segments }: SubnetBar, scale: number): string {
  const column = (addresses: number) => Math.round((addresses / scale) * BAR_WIDTH);
  return segments
    .map(({ kind, start, addresses }) => glyphs[kind].repeat(column(start + addresses) - column(start)))
    .join("")
    .padEnd(BAR_WIDTH);
}

/** One zone by its name, several by their last letters: the row has to fit the terminal. */
function short(zones: readonly string[]): string {
  return zones.length === 1 ? zones.join() : `zones ${zones.map((zone) => zone.slice(-1)).join(", ")}`;
}

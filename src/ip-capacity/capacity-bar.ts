import type { SubnetReport, ZoneReport } from "./capacity-zones";
import type { DemandPart } from "./demand";

/** A stretch of a subnet's bar: a part of its need, what is left, or what is missing. */
export type BarSegmentKind = DemandPart | "free" | "missing";

export interface BarSegment {
  readonly kind: BarSegmentKind;
  readonly addresses: number;
  /** Where it starts, in addresses from the left. */
  readonly start: number;
}

export interface SubnetBar {
  readonly zone: string;
  readonly subnet: SubnetReport;
  readonly segments: readonly BarSegment[];
  /** Where the subnet ends: beyond it, addresses are missing. */
  readonly usable: number;
}

/** The parts in the order in which they are drawn. */
export const barParts: readonly DemandPart[] = ["steady", "infrastructure", "surge", "burst", "growth"];

/** All of them, in that order too; each names itself in legends. */
export const barKinds: readonly BarSegmentKind[] = [...barParts, "free", "missing"];

/** One bar for each subnet. A part that goes over the subnet's end is cut there, and the rest is missing. */
export function subnetBars(zones: readonly ZoneReport[]): readonly SubnetBar[] {
  return zones.flatMap(({ zone, subnets }) =>
    subnets.map((subnet) => ({ zone, subnet, usable: subnet.usable, segments: segmentsOf(subnet) })),
  );
}

/** The longest bar of a kind of subnet, which sets the scale of all of that kind. */
export function barScale(bars: readonly SubnetBar[], kind: SubnetReport["subnet"]): number {
  const alike = bars.filter(({ subnet }) => subnet.subnet === kind);
  return Math.max(1, ...alike.map(({ subnet }) => Math.max(subnet.usable, subnet.need)));
}

function segmentsOf({ parts, usable, need }: SubnetReport): readonly BarSegment[] {
  const segments: BarSegment[] = [];
  let start = 0;
  const add = (kind: BarSegmentKind, addresses: number) => {
    if (addresses <= 0) return;
    segments.push({ kind, addresses, start });
    start += addresses;
  };
  for (const part of barParts) add(part, Math.min(parts[part], usable - start));
  add("free", usable - need);
  add("missing", need - usable);
  return segments;
}

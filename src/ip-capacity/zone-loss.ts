import { type SubnetDemand, zoneDemand, type ZoneDemandInput } from "./demand";
import type { UsableAddresses } from "./recommendations";

/** A zone with what it is to hold and what its subnets can. */
export interface ZoneRoom {
  readonly zone: string;
  readonly demand: ZoneDemandInput;
  readonly usable: UsableAddresses;
}

export interface RemainingZone {
  readonly zone: string;
  /** Nodes it runs once the lost zones' nodes have moved. */
  readonly nodes: number;
  readonly subnets: readonly {
    readonly subnet: SubnetDemand["subnet"];
    readonly need: number;
    readonly usable: number;
    readonly fits: boolean;
  }[];
  readonly fits: boolean;
}

/** One way to lose zones. */
export interface ZoneLoss {
  readonly lost: readonly string[];
  readonly remaining: readonly RemainingZone[];
  readonly fits: boolean;
}

/**
 * What losing any `count` zones does to the others. Their steady nodes move to the remaining zones in equal shares.
 * Growth stays in the count, because subnets cannot grow later; surge and burst do not, because nobody upgrades
 * during an outage and the moved nodes are the burst.
 *
 * @returns every combination of lost zones; one without remaining zones never fits
 */
export function zoneLosses(zones: readonly ZoneRoom[], count: number): readonly ZoneLoss[] {
  if (count <= 0) return [];
  return combinations(zones, Math.min(count, zones.length)).map((lost) => {
    const staying = zones.filter((zone) => !lost.includes(zone));
    const moved = lost.reduce((total, { demand }) => total + demand.nodes, 0);
    const share = staying.length > 0 ? Math.ceil(moved / staying.length) : 0;
    const remaining = staying.map((zone) => remainingZone(zone, share));
    return {
      lost: lost.map(({ zone }) => zone),
      remaining,
      fits: remaining.length > 0 && remaining.every(({ fits }) => fits),
    };
  });
}

function remainingZone({ zone, demand, usable }: ZoneRoom, moved: number): RemainingZone {
  const nodes = demand.nodes + moved;
  const { subnets } = zoneDemand({ ...demand, nodes, surge: undefined, burst: undefined });
  const checked = subnets.map(({ subnet, total }) => {
    const room = usable[subnet] ?? 0;
    return { subnet, need: total, usable: room, fits: total <= room };
  });
  return { zone, nodes, subnets: checked, fits: checked.every(({ fits }) => fits) };
}

function combinations<T>(all: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]];
  return all.flatMap((first, index) =>
    combinations(all.slice(index + 1), count - 1).map((rest) => [first, ...rest]),
  );
}

import { onPremisesRanges } from "./connected-ranges";
import { listed } from "../text/listed";
import { formatCidr } from "../ip-capacity/cidr";
import { type FleetNetwork, fleetOverlaps, type Overlap } from "../ip-capacity/overlap";
import type { OwnRange } from "./own-ranges";
import { ELSEWHERE } from "../config/schema/network/connections";
import { formatPath } from "../config/read/source-node";
import type { Fleet, Target } from "./target";

/** A range of a target, and where its configuration says it. */
export type TargetNetwork = FleetNetwork & OwnRange;

/** Ranges of two targets that overlap, and what connects the two. */
export interface TargetOverlap extends Overlap {
  readonly a: TargetNetwork;
  readonly b: TargetNetwork;
}

export interface FleetRanges {
  readonly conflicts: readonly TargetOverlap[];
  /** Those that may, because neither range is seen outside its cluster. */
  readonly reused: readonly TargetOverlap[];
}

/**
 * Overlaps over the whole fleet. Targets are connected by naming each other as peers, and by naming the same
 * transit gateway or on-premises range: what is there could reach only one of two VPCs with the same addresses. Overlay pods and services
 * are never seen outside their cluster by those addresses, so two of them may be the same; a connected VPC they would
 * hide. A target's own ranges, the on-premises ones included, are for `rangeOverlapCheck`.
 */
export function fleetRanges({ targets }: Fleet): FleetRanges {
  const networks = targets.flatMap((target) => networksOf(target, targets));
  const byName = new Map(networks.map((network) => [network.name, network]));
  const between = (pairs: readonly Overlap[]): readonly TargetOverlap[] =>
    pairs.flatMap((pair) => {
      const [a, b] = [byName.get(pair.a.name), byName.get(pair.b.name)];
      return a === undefined || b === undefined || a.owner === b.owner ? [] : [{ ...pair, a, b }];
    });
  const { conflicts, reused } = fleetOverlaps(networks);
  return { conflicts: between(conflicts), reused: between(reused) };
}

/** What a report of `target` says of pod ranges that connected targets have too. */
export function reusedRanges(fleet: Fleet, target: Target): readonly string[] {
  return fleetRanges(fleet)
    .reused.filter(({ a, b }) => a.kind === "pods" && b.kind === "pods")
    .flatMap(({ a, b }) => {
      const [own, other] = a.owner === target.name ? [a, b] : [b, a];
      if (own.owner !== target.name) return [];
      return [
        `the ${own.label} ${formatCidr(own.cidr)} may overlap that of ${other.owner}, ${formatCidr(other.cidr)}:` +
          " overlay addresses are never seen outside their cluster",
      ];
    });
}

function networksOf(target: Target, targets: readonly Target[]): readonly TargetNetwork[] {
  const shared = { owner: target.name, connections: connectionsOf(target, targets) };
  return target.ownRanges.map((range) => ({
    ...shared,
    ...range,
    name: `${target.name} ${formatPath(range.path)}`,
    reusable: range.kind !== "vpc",
  }));
}

function connectionsOf({ name, config }: Target, targets: readonly Target[]): readonly string[] {
  const { peers, onPremises } = config.network.connections;
  // One side's word is enough: `peerCheck` reports where the other does not give it back.
  const namedBy = targets.filter((other) => other.config.network.connections.peers.includes(name));
  const peered = new Set([...peers, ...namedBy.map((other) => other.name)]);
  return [
    ...[...peered].map((peer) => `peering of ${listed([name, peer].sort())}`),
    ...onPremisesRanges(config.network).map((cidr) => `on-premises ${formatCidr(cidr)}`),
    ...(onPremises?.via === undefined || onPremises.via === ELSEWHERE ? [] : [onPremises.via]),
  ];
}

import type { CapacityInput } from "./capacity-input";
import { usableOf, type ZoneReport, zoneReport } from "./capacity-zones";
import {
  type NamedDensity,
  namedDensities,
  type ZoneCount,
  type ZoneCounts,
  zoneCounts,
} from "./default-demand";
import { blockRemainder, type ZoneDemandInput } from "./demand";
import { mostHeld, podAddressBlock, type TypeAddresses } from "./held-addresses";
import { DEFAULT_HOST_NETWORK_PODS, podsUseVpcIpv4 } from "./pod-density-mode";
import type { ZoneRoom } from "./zone-loss";

/** A zone with its need counted. */
export interface CountedZone extends ZoneRoom {
  readonly report: ZoneReport;
}

/** The counts that everything else in a report is derived from. */
export interface CapacityBasis {
  readonly densities: readonly NamedDensity[];
  readonly counts: ZoneCounts;
  /** All instance types of groups and pools, each once. */
  readonly types: readonly string[];
  readonly held: TypeAddresses | null;
  /** Of the addresses held on a node, how many are not counted as need. */
  readonly heldUncounted: number;
  readonly zones: readonly CountedZone[];
  /** The zone with the fewest addresses to spare. */
  readonly tightest: CountedZone;
  readonly maxPodsWanted: number;
}

/**
 * @throws UnknownInstanceTypeError
 * @throws RangeError if there is no zone
 */
export function capacityBasis(input: CapacityInput): CapacityBasis {
  const options = input.density ?? {};
  const densities = namedDensities(input);
  const counts = zoneCounts(input, densities);
  const types = [...new Set([...input.groups, ...input.pools].flatMap(({ instanceTypes }) => instanceTypes))];
  const { podsPerNode } = counts;
  const held = mostHeld({ types, podsPerNode, mode: input.mode, options, settings: input.warmPool }) ?? null;
  const rest = blockRemainder(podsPerNode, podAddressBlock(input.mode, options));
  const heldBeyondBlocks = Math.max((held?.held ?? 0) - rest, 0);
  const heldCounted = input.heldAddresses === "counted" ? heldBeyondBlocks : 0;

  const zones = input.zones.map((zone, index): CountedZone => {
    const count = counts.zones[index] ?? { nodes: 0, surge: undefined, burst: undefined };
    const demand = {
      ...demandOf(input, count, zone.podSubnet !== undefined),
      podsPerNode,
      heldPerNode: heldCounted,
    };
    return { zone: zone.zone, demand, usable: usableOf(zone), report: zoneReport(zone, demand, input) };
  });
  const [first, ...others] = zones;
  if (first === undefined) throw new RangeError(`${input.target} has no zone, so it has no subnets to count`);
  const tightest = others.reduce((least, zone) => (spare(zone) < spare(least) ? zone : least), first);
  const maxPodsWanted = podsPerNode + (options.hostNetworkPods ?? DEFAULT_HOST_NETWORK_PODS);
  return {
    densities,
    counts,
    types,
    held,
    heldUncounted: heldBeyondBlocks - heldCounted,
    zones,
    tightest,
    maxPodsWanted,
  };
}

function demandOf(
  input: CapacityInput,
  count: ZoneCount,
  ownPodSubnet: boolean,
): Omit<ZoneDemandInput, "podsPerNode"> {
  return {
    ...count,
    podAddresses: !podsUseVpcIpv4(input.mode) ? "none" : ownPodSubnet ? "pod-subnet" : "node-subnet",
    podAddressBlock: podAddressBlock(input.mode, input.density),
    infrastructureAddresses: input.infrastructureAddresses,
    interfaceEndpoints: input.interfaceEndpoints,
    loadBalancers: input.loadBalancers,
    addressesPerLoadBalancer: input.addressesPerLoadBalancer,
    growthPercent: input.growthPercent,
  };
}

function spare({ report }: CountedZone): number {
  return Math.min(...report.subnets.filter(({ subnet }) => subnet !== "public").map(({ free }) => free));
}

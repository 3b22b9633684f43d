import type { CapacityInput } from "./capacity-input";
import type { ZoneReport } from "./capacity-zones";
import { formatCidr } from "./cidr";
import { type TypeAddresses, usesPrefixes } from "./held-addresses";
import { type FreeBlocks, freeBlocksAtRandom, prefixesForPods, prefixReservations } from "./prefixes";
import { usableAddresses } from "./subnet-size";

/** Prefixes of one zone's subnet. */
export interface ZonePrefixes {
  readonly zone: string;
  readonly subnet: string;
  /** /28 blocks that steady, surge and burst nodes hold at once. */
  readonly blocksNeeded: number;
  /** Single addresses in the same subnet: nodes, further ENIs, load balancers, infrastructure. */
  readonly singleAddresses: number;
  /** What is left whole if the single addresses lie anywhere; null if they are more than the subnet has. */
  readonly atRandom: FreeBlocks | null;
  /** Subnet CIDR reservations of type prefix that keep enough blocks whole. */
  readonly reservations: readonly string[];
  /** Blocks for which the subnet has no room even so. */
  readonly blocksMissing: number;
}

export interface PrefixReport {
  readonly blocksPerNode: number;
  readonly reserved: boolean;
  readonly zones: readonly ZonePrefixes[];
}

/** Blocks, fragmentation and reservations for a mode with prefixes; null for the others. */
export function prefixReport(
  input: CapacityInput,
  zones: readonly ZoneReport[],
  podsPerNode: number,
  held: TypeAddresses | null,
): PrefixReport | null {
  if (!usesPrefixes(input.mode, input.density)) return null;
  const blocksPerNode = Math.max(held?.prefixes ?? 0, prefixesForPods(podsPerNode));
  return {
    blocksPerNode,
    reserved: input.prefixReservations === true,
    zones: input.zones.map(({ zone, nodeSubnet, podSubnet }, index): ZonePrefixes => {
      const report = zones[index];
      const nodes = report?.nodes.total ?? 0;
      const subnet = podSubnet ?? nodeSubnet;
      const infrastructure = report?.subnets[0]?.parts.infrastructure ?? 0;
      const enis = nodes * (held?.eniPrimaries ?? 0);
      const singleAddresses = podSubnet === undefined ? nodes + enis + infrastructure : enis;
      const { cidrs, missing } = prefixReservations(subnet, nodes * blocksPerNode);
      return {
        zone,
        subnet: formatCidr(subnet),
        blocksNeeded: nodes * blocksPerNode,
        singleAddresses,
        atRandom:
          singleAddresses <= usableAddresses(subnet.prefix)
            ? freeBlocksAtRandom(subnet.prefix, singleAddresses)
            : null,
        reservations: cidrs.map(formatCidr),
        blocksMissing: missing,
      };
    }),
  };
}

import { percentOf } from "./allowance";
import type { CapacityInput } from "./capacity-input";
import type { ZoneReport } from "./capacity-zones";
import { formatCidr } from "./cidr";
import { type TypeAddresses, usesPrefixes } from "./held-addresses";
import {
  blocksToReserve,
  type FreeBlocks,
  freeBlocksAtRandom,
  prefixesForPods,
  prefixReservations,
} from "./prefixes";
import { usableAddresses } from "./subnet-size";

/** Prefixes of one zone's subnet. */
export interface ZonePrefixes {
  readonly zone: string;
  readonly subnet: string;
  readonly tier: "nodes" | "pods";
  /** /28 blocks that steady, surge and burst nodes hold at once. */
  readonly blocksNeeded: number;
  /** Single addresses in the same subnet: nodes, further ENIs, load balancers, infrastructure. */
  readonly singleAddresses: number;
  /** What is left whole if the single addresses lie anywhere; null if they are more than the subnet has. */
  readonly atRandom: FreeBlocks | null;
  /** Subnet CIDR reservations of type prefix, as they are made or, where none are, as they would be. */
  readonly reservations: readonly string[];
  /** Blocks in the reservations that are made. */
  readonly blocksReserved: number;
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
  const wanted = input.prefixReservations ?? false;
  const blocksPerNode = Math.max(held?.prefixes ?? 0, prefixesForPods(podsPerNode));
  return {
    blocksPerNode,
    reserved: wanted !== false,
    zones: input.zones.map(({ zone, nodeSubnet, podSubnet }, index): ZonePrefixes => {
      const report = zones[index];
      const nodes = report?.nodes.total ?? 0;
      const subnet = podSubnet ?? nodeSubnet;
      const infrastructure = report?.subnets[0]?.parts.infrastructure ?? 0;
      const enis = nodes * (held?.eniPrimaries ?? 0);
      const singleAddresses = podSubnet === undefined ? nodes + enis + infrastructure : enis;
      const blocksNeeded = nodes * blocksPerNode;
      const grown = blocksNeeded + percentOf(blocksNeeded, input.growthPercent ?? 0);
      // Whatever else comes to lie in the nodes' subnets needs single addresses: as many again.
      const room = podSubnet === undefined ? 2 * singleAddresses : singleAddresses;
      const reserve = typeof wanted === "number" ? wanted : blocksToReserve(subnet.prefix, grown, room);
      const { cidrs, blocks } = prefixReservations(subnet, reserve);
      return {
        zone,
        subnet: formatCidr(subnet),
        tier: podSubnet === undefined ? "nodes" : "pods",
        blocksNeeded,
        singleAddresses,
        atRandom:
          singleAddresses <= usableAddresses(subnet.prefix)
            ? freeBlocksAtRandom(subnet.prefix, singleAddresses)
            : null,
        reservations: cidrs.map(formatCidr),
        blocksReserved: wanted === false ? 0 : blocks,
        blocksMissing: prefixReservations(subnet, blocksNeeded).missing,
      };
    }),
  };
}

import type { CapacityInput, CapacityZone } from "./capacity-input";
import { formatCidr } from "./cidr";
import {
  type DemandPart,
  type DemandTerm,
  publicSubnetDemand,
  zoneDemand,
  type ZoneDemandInput,
} from "./demand";
import { daysToExhaustion, type Exhaustion } from "./exhaustion";
import { largestDensity, mostNodes, type UsableAddresses } from "./recommendations";
import { subnetPlace } from "./subnet-place";
import { smallestSubnetFor, usableAddresses } from "./subnet-size";

/** One subnet of a zone: what it has, what it needs. */
export interface SubnetReport {
  readonly subnet: "nodes" | "pods" | "public";
  readonly cidr: string;
  /** Addresses without the five AWS keeps. */
  readonly usable: number;
  readonly need: number;
  /** Negative where addresses are missing. */
  readonly free: number;
  readonly fits: boolean;
  readonly parts: Readonly<Record<DemandPart, number>>;
  readonly terms: readonly DemandTerm[];
  /** Prefix length of the smallest subnet that would do; null if a /16 would not. */
  readonly smallestPrefix: number | null;
  /** How that is got in this layout, for people; null where it has no such subnet. */
  readonly smallestPlace: string | null;
  /** Until the steady use alone is more than the subnet has; null if no growth was stated. */
  readonly exhaustedSteady: Exhaustion | null;
  /** Until an upgrade at peak load no longer fits. */
  readonly exhaustedAtPeak: Exhaustion | null;
}

/** A subnet's kind in a sentence. */
export const subnetNouns = { nodes: "node", pods: "pod", public: "public" } as const;

export interface ZoneReport {
  readonly zone: string;
  readonly nodes: Readonly<Record<"steady" | "surge" | "burst" | "total", number>>;
  readonly podsPerNode: number;
  readonly fits: boolean;
  readonly subnets: readonly SubnetReport[];
  /** The most pods per node in the subnets of today; null if the nodes alone do not fit. */
  readonly largestDensity: number | "unlimited" | null;
  /** The most steady nodes in the subnets of today, with the pods wanted on each. */
  readonly mostNodes: number | null;
}

/** Of the subnets whose need grows with nodes and pods. */
export function usableOf({ nodeSubnet, podSubnet }: CapacityZone): UsableAddresses {
  return {
    nodes: usableAddresses(nodeSubnet.prefix),
    ...(podSubnet === undefined ? {} : { pods: usableAddresses(podSubnet.prefix) }),
  };
}

export function zoneReport(zone: CapacityZone, demand: ZoneDemandInput, input: CapacityInput): ZoneReport {
  const { nodes, subnets } = zoneDemand(demand);
  const usable = usableOf(zone);
  const edge = zone.publicSubnet === undefined ? [] : [publicDemand(zone, input)];
  const cidrs = { nodes: zone.nodeSubnet, pods: zone.podSubnet, public: zone.publicSubnet };
  const reports = [...subnets, ...edge].map(({ subnet, total, subtotal, parts, terms }): SubnetReport => {
    const cidr = cidrs[subnet];
    const room = cidr === undefined ? 0 : usableAddresses(cidr.prefix);
    const growth = input.monthlyGrowthPercent;
    const exhaustion = (used: number) => (growth === undefined ? null : daysToExhaustion(used, room, growth));
    return {
      subnet,
      cidr: cidr === undefined ? "" : formatCidr(cidr),
      usable: room,
      need: total,
      free: room - total,
      fits: total <= room,
      parts,
      terms,
      smallestPrefix: smallestSubnetFor(total),
      smallestPlace: subnetPlace(subnet, smallestSubnetFor(total), input.subnetSources) ?? null,
      exhaustedSteady: exhaustion(parts.steady + parts.infrastructure),
      exhaustedAtPeak: exhaustion(subtotal),
    };
  });
  return {
    zone: zone.zone,
    nodes,
    podsPerNode: demand.podsPerNode,
    fits: reports.every(({ fits }) => fits),
    subnets: reports,
    largestDensity: largestDensity(demand, usable),
    mostNodes: mostNodes(demand, usable),
  };
}

function publicDemand({ natGateways = 0 }: CapacityZone, input: CapacityInput) {
  return publicSubnetDemand(natGateways, { ...input, loadBalancers: input.publicLoadBalancers });
}

import { counted } from "../text/counted";
import { requireInstanceType } from "../facts/instance-types";

import type { Allowance } from "./allowance";
import type { CapacityGroup, CapacityInput, CapacityPool } from "./capacity-input";
import { groupPodDensity, type GroupPodDensity } from "./group-pod-density";
import { DEFAULT_HOST_NETWORK_PODS } from "./pod-density-mode";

/** A node group or pool and the pods its nodes can run. */
export interface NamedDensity extends GroupPodDensity {
  readonly name: string;
}

/** Nodes of one zone: the steady ones, and those on top. */
export interface ZoneCount {
  readonly nodes: number;
  readonly surge: Allowance | undefined;
  readonly burst: Allowance | undefined;
}

/** Counts for each zone, and how they came about where they were not given. */
export interface ZoneCounts {
  /** In the order of the input's zones. */
  readonly zones: readonly ZoneCount[];
  readonly podsPerNode: number;
  readonly assumptions: readonly string[];
}

/** @throws UnknownInstanceTypeError */
export function namedDensities({
  groups,
  pools,
  mode,
  density = {},
}: CapacityInput): readonly NamedDensity[] {
  return [...groups, ...pools].map(({ name, instanceTypes, maxPods, ...each }) => ({
    name,
    ...groupPodDensity(instanceTypes, mode, {
      ...density,
      // Whoever writes a figure may count on branch ENIs; left to itself, kubelet is told none of them.
      ...(typeof maxPods === "number"
        ? { configuredMaxPods: maxPods, branchEnis: "counted" as const }
        : { branchEnis: "apart" as const }),
      ...(maxPods === "ami-default" ? { kubeletDefault: true } : {}),
      ...("karpentersFigure" in each && each.karpentersFigure ? { recommendedCap: "never" as const } : {}),
    }),
  }));
}

/**
 * What is given, and for the rest the most that groups and pools can become: nodes at their desired size, surge as
 * updates of the groups make it, burst up to maximum sizes and CPU limits on the smallest type, every node full.
 */
export function zoneCounts(input: CapacityInput, densities: readonly NamedDensity[]): ZoneCounts {
  const steady = steadyNodes(input);
  const surge = surgeNodes(input);
  const burst = burstNodes(input);
  const pods = podsOnNode(input, densities);
  return {
    zones: input.zones.map((_, index) => ({
      nodes: steady.byZone[index] ?? 0,
      surge: input.surge ?? nodeCount(surge?.byZone[index]),
      burst: input.burst ?? nodeCount(burst?.byZone[index]),
    })),
    podsPerNode: pods.podsPerNode,
    assumptions: [steady, surge, burst, pods].flatMap((each) => each?.assumption ?? []),
  };
}

interface NodesByZone {
  readonly byZone: readonly number[];
  readonly assumption?: string;
}

function steadyNodes({ zones, groups, nodesPerZone }: CapacityInput): NodesByZone {
  if (nodesPerZone !== undefined) return { byZone: zones.map(() => nodesPerZone) };
  const byZone = spread(zones, groups, ({ desiredSize }) => desiredSize);
  const desired = total(groups, ({ desiredSize }) => desiredSize);
  return {
    byZone,
    assumption: `${inZones(zones, byZone, "steady node")}: ${desired} desired by the node groups, over ${counted(zones.length, "zone")}`,
  };
}

function surgeNodes({ zones, groups, surge }: CapacityInput): NodesByZone | undefined {
  if (surge !== undefined || groups.every((group) => group.surgeNodes === undefined)) return undefined;
  const byZone = spread(zones, groups, (group) => group.surgeNodes ?? 0);
  const atOnce = total(groups, (group) => group.surgeNodes ?? 0);
  return {
    byZone,
    assumption: `${inZones(zones, byZone, "surge node")}: ${atOnce} that an update of all node groups starts before it stops others`,
  };
}

/** Of groups and pools; undefined where the steady nodes are given, because then their owner knows the peak. */
function burstNodes({ zones, groups, pools, nodesPerZone, burst }: CapacityInput): NodesByZone | undefined {
  if (burst !== undefined || nodesPerZone !== undefined) return undefined;
  const roomOf = ({ maxSize, desiredSize }: CapacityGroup) => Math.max(maxSize - desiredSize, 0);
  const byZone = spread<CapacityGroup | CapacityPool>(zones, [...groups, ...pools], (each) =>
    "maxSize" in each ? roomOf(each) : poolNodes(each),
  );
  return {
    byZone,
    assumption:
      `${inZones(zones, byZone, "burst node")}: ${total(groups, roomOf)} to the node groups' maximum` +
      ` and ${total(pools, poolNodes)} at the pools' CPU limits, each on its smallest type`,
  };
}

function podsOnNode(
  input: CapacityInput,
  densities: readonly NamedDensity[],
): { readonly podsPerNode: number; readonly assumption?: string } {
  if (input.podsPerNode !== undefined) return { podsPerNode: input.podsPerNode };
  const host = input.density?.hostNetworkPods ?? DEFAULT_HOST_NETWORK_PODS;
  const most = Math.max(0, ...densities.map(({ maxPods }) => maxPods ?? 0));
  const podsPerNode = Math.max(most - host, 0);
  return {
    podsPerNode,
    assumption: `${podsPerNode} pods on each node: what kubelet takes (${most}), less ${host} on the host network`,
  };
}

/** Each group's or pool's nodes in equal shares over its zones; a part of a node is a whole one. */
function spread<T extends Pick<CapacityGroup, "zones">>(
  zones: CapacityInput["zones"],
  all: readonly T[],
  of: (each: T) => number,
): readonly number[] {
  return zones.map(({ zone }) => {
    const share = all.reduce((sum, each) => {
      const own = each.zones ?? zones.map((other) => other.zone);
      return own.includes(zone) ? sum + of(each) / own.length : sum;
    }, 0);
    // Thirds add up to a little more or less than a whole number.
    return Math.ceil(Number(share.toPrecision(12)));
  });
}

function inZones(zones: CapacityInput["zones"], byZone: readonly number[], noun: string): string {
  const [first = 0] = byZone;
  if (byZone.every((nodes) => nodes === first)) return `${counted(first, noun)} in each zone`;
  return `${noun}s: ${zones.map(({ zone }, index) => `${byZone[index] ?? 0} in ${zone}`).join(", ")}`;
}

function nodeCount(count: number | undefined): Allowance | undefined {
  return count === undefined ? undefined : { count };
}

/** Nodes of a pool at its CPU limit if all are of its smallest type; 0 if it has no limit or no type. */
export function poolNodes({
  cpuLimit,
  instanceTypes,
}: Pick<CapacityPool, "cpuLimit" | "instanceTypes">): number {
  const smallest = Math.min(...instanceTypes.map((name) => requireInstanceType(name).vcpu));
  return cpuLimit === undefined || instanceTypes.length === 0 ? 0 : Math.floor(cpuLimit / smallest);
}

function total<T extends CapacityGroup | CapacityPool>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((sum, each) => sum + of(each), 0);
}

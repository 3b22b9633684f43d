import { requireInstanceType } from "../facts/instance-types";

import type { Allowance } from "./allowance";
import type { CapacityGroup, CapacityInput, CapacityPool } from "./capacity-input";
import { groupPodDensity, type GroupPodDensity } from "./group-pod-density";
import { DEFAULT_HOST_NETWORK_PODS } from "./pod-density-mode";
import { counted } from "./text-layout";

/** A node group or pool and the pods its nodes can run. */
export interface NamedDensity extends GroupPodDensity {
  readonly name: string;
}

/** Counts for each zone, and how they came about where they were not given. */
export interface ZoneCounts {
  readonly nodes: number;
  readonly podsPerNode: number;
  readonly burst: Allowance | undefined;
  readonly assumptions: readonly string[];
}

/** @throws UnknownInstanceTypeError */
export function namedDensities({
  groups,
  pools,
  mode,
  density = {},
}: CapacityInput): readonly NamedDensity[] {
  return [...groups, ...pools].map(({ name, instanceTypes, maxPods }) => ({
    name,
    ...groupPodDensity(
      instanceTypes,
      mode,
      maxPods === undefined ? density : { ...density, configuredMaxPods: maxPods },
    ),
  }));
}

/**
 * What is given, and for the rest the most that groups and pools can become: nodes at their desired size, burst up
 * to maximum sizes and CPU limits on the smallest type, every node full.
 */
export function zoneCounts(input: CapacityInput, densities: readonly NamedDensity[]): ZoneCounts {
  const assumptions: string[] = [];
  const zones = input.zones.length;

  let nodes = input.nodesPerZone;
  let burst = input.burst;
  if (nodes === undefined) {
    const desired = total(input.groups, ({ desiredSize }) => desiredSize);
    nodes = Math.ceil(desired / zones);
    assumptions.push(
      `${counted(nodes, "steady node")} in each zone: ${desired} desired by the node groups, over ${counted(zones, "zone")}`,
    );
    if (burst === undefined) {
      const room = total(input.groups, ({ maxSize, desiredSize }) => Math.max(maxSize - desiredSize, 0));
      const pooled = total(input.pools, poolNodes);
      burst = { count: Math.ceil((room + pooled) / zones) };
      assumptions.push(
        `${counted(burst.count, "burst node")} in each zone: ${room} to the node groups' maximum` +
          ` and ${pooled} at the pools' CPU limits, each on its smallest type`,
      );
    }
  }

  let podsPerNode = input.podsPerNode;
  if (podsPerNode === undefined) {
    const host = input.density?.hostNetworkPods ?? DEFAULT_HOST_NETWORK_PODS;
    const most = Math.max(0, ...densities.map(({ maxPods }) => maxPods ?? 0));
    podsPerNode = Math.max(most - host, 0);
    assumptions.push(
      `${podsPerNode} pods on each node: what kubelet takes (${most}), less ${host} on the host network`,
    );
  }
  return { nodes, podsPerNode, burst, assumptions };
}

/** Nodes of a pool at its CPU limit if all are of its smallest type; 0 if it has no limit or no type. */
export function poolNodes({ cpuLimit, instanceTypes }: CapacityPool): number {
  const smallest = Math.min(...instanceTypes.map((name) => requireInstanceType(name).vcpu));
  return cpuLimit === undefined || instanceTypes.length === 0 ? 0 : Math.floor(cpuLimit / smallest);
}

function total<T extends CapacityGroup | CapacityPool>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((sum, each) => sum + of(each), 0);
}

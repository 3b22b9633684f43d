import { zoneDemand, type ZoneDemandInput } from "./demand";
import { remembered } from "./remembered";
import { smallestSubnetFor } from "./subnet-size";

/** Usable addresses of a zone's subnets; `pods` only where pods have subnets of their own. */
export type UsableAddresses = Readonly<Partial<Record<"nodes" | "pods", number>>>;

/** Prefix length of the smallest subnet for each kind a zone has; null where not even a /16 is enough. */
export interface SmallestSubnets {
  readonly nodes: number | null;
  /** Undefined where pods have no subnet of their own. */
  readonly pods?: number | null;
}

export function smallestSubnets(demand: ZoneDemandInput): SmallestSubnets {
  const { subnets } = zoneDemand(demand);
  const of = (kind: "nodes" | "pods") => subnets.find(({ subnet }) => subnet === kind);
  const pods = of("pods");
  return {
    nodes: smallestSubnetFor(of("nodes")?.total ?? 0),
    ...(pods === undefined ? {} : { pods: smallestSubnetFor(pods.total) }),
  };
}

/**
 * The most pods with an address each that every node can have in the subnets of today, all else unchanged; null if
 * the nodes alone do not fit, and `unlimited` if pods take no address of these subnets.
 */
export const largestDensity = remembered(
  (demand: ZoneDemandInput, usable: UsableAddresses): number | "unlimited" | null => {
    const fits = (podsPerNode: number) =>
      zoneDemand({ ...demand, podsPerNode }).subnets.every(
        ({ subnet, total }) => total <= (usable[subnet] ?? 0),
      );
    if (!fits(0)) return null;
    if (demand.podAddresses === "none" || zoneDemand(demand).nodes.total === 0) return "unlimited";
    return largest(fits);
  },
);

/** The most steady nodes that the subnets of today hold, all else unchanged; null if not even none fits. */
export const mostNodes = remembered((demand: ZoneDemandInput, usable: UsableAddresses): number | null => {
  const fits = (nodes: number) =>
    zoneDemand({ ...demand, nodes }).subnets.every(({ subnet, total }) => total <= (usable[subnet] ?? 0));
  return fits(0) ? largest(fits) : null;
});

/** The largest number for which a monotone test holds that holds for 0. */
function largest(holds: (value: number) => boolean): number {
  let low = 0;
  let high = 1;
  while (holds(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

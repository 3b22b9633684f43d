import { hop, type Hop } from "../hop";
import type { NodePlace } from "./clusters";
import { onceOf } from "./once";
import type { Subnet } from "./network";
import { type GroupedPods, groupsOfPods } from "./pod-groups";
import type { InterfacePlace } from "./places";
import { type Range, shareOf } from "./ranges";
import { hasTags } from "./tags";
import type { VpcWorld } from "./world";

/** From which interfaces a flow's packets come in the VPC, and what says so. */
export interface Sender {
  readonly place: InterfacePlace;
  readonly hops: readonly Hop[];
}

export function nodesOf(world: VpcWorld, target: string): readonly NodePlace[] {
  return world.clusters.get(target)?.nodes ?? [];
}

/**
 * Interfaces of a target's pods: one place for each set of security groups.
 *
 * @param pods with the groups of their own that a SecurityGroupPolicy gives them; without them, any pods that have none
 */
export function podPlaces(world: VpcWorld, target: string, pods?: GroupedPods): readonly InterfacePlace[] {
  const places = once(world, target, () => sharedPlaces(world, target));
  const own = pods && groupsOfPods(world.clusters.get(target)?.podGroups ?? [], pods);
  if (own === undefined) return places;
  const { securityGroups, sure } = own;
  const branches = places.map((place) => ({
    ...place,
    name: `${place.name} (${securityGroups.join(", ")})`,
    securityGroups,
  }));
  return sure ? branches : [...places, ...branches];
}

const once = onceOf<readonly InterfacePlace[]>();

function sharedPlaces(world: VpcWorld, target: string): InterfacePlace[] {
  const pods = world.clusters.get(target)?.pods;
  const nodes = nodesOf(world, target);
  const own =
    pods === undefined || pods.subnets === "of nodes"
      ? undefined
      : "keys" in pods.subnets
        ? pods.subnets.keys
        : withTags(world, pods.subnets.tags);
  const places = nodes.map(({ name, subnets, securityGroups }): InterfacePlace => ({
    kind: "pod",
    target,
    name,
    subnets: own ?? subnets,
    securityGroups: pods?.securityGroups ?? securityGroups,
  }));
  const byGroups = new Map<string, InterfacePlace>();
  for (const place of places) {
    const key = place.securityGroups.join();
    const same = byGroups.get(key);
    const subnets = [...new Set([...(same?.subnets ?? []), ...place.subnets])];
    const name = same === undefined ? place.name : `${same.name}, ${place.name}`;
    byGroups.set(key, { ...place, subnets, name });
  }
  return [...byGroups.values()];
}

function withTags({ network }: VpcWorld, tags: Readonly<Record<string, string>>): string[] {
  return [...network.subnets.values()].filter((each) => hasTags(tags, each.tags)).map(({ key }) => key);
}

export function subnetsOf({ network }: VpcWorld, { subnets }: InterfacePlace): Subnet[] {
  return subnets.flatMap((key) => network.subnets.get(key) ?? []);
}

/** Subnets of a place that no stack makes, as a way that nobody can decide. */
export function lostSubnets({ network }: VpcWorld, { name, subnets }: InterfacePlace): Hop[][] {
  const lost = subnets.filter((key) => !network.subnets.has(key));
  if (lost.length === 0 && subnets.length > 0) return [];
  const says =
    lost.length === 0
      ? `the subnets of ${name} are not known`
      : `${lost.join(", ")} of ${name} is not in the stacks`;
  return [[hop("route out", "undecided", [], says)]];
}

/** Pods of an IPv6 cluster talk by IPv6 to what is in their cluster, and by IPv4 to the rest. */
export function familyBetween(world: VpcWorld, from: InterfacePlace, to: InterfacePlace): 4 | 6 {
  const inCluster = (place: InterfacePlace) => ["pod", "node", "control plane"].includes(place.kind);
  const hasIpv6 = [from, to].some(
    ({ kind, target }) => kind === "pod" && world.clusters.get(target)?.ipv6 === true,
  );
  return hasIpv6 && inCluster(from) && inCluster(to) ? 6 : 4;
}

/** Whose address a flow's packets carry: a pod's own, or after translation its node's. */
export function sendersOf(
  world: VpcWorld,
  from: InterfacePlace,
  destinations: readonly Range[],
  family: 4 | 6,
): Sender[] {
  const cluster = from.kind === "pod" ? world.clusters.get(from.target) : undefined;
  const pods = cluster?.pods;
  if (cluster === undefined || pods === undefined) return [{ place: from, hops: [] }];
  const asNodes = (says: string): Sender[] =>
    cluster.nodes.map((place) => ({
      place,
      hops: [hop("source address", "allowed", [pods.decider], says)],
    }));
  const asPods: Sender[] = [
    {
      place: from,
      hops: [hop("source address", "allowed", [pods.decider], "packets carry the pod's own address")],
    },
  ];
  if (pods.overlay !== undefined)
    return asNodes("packets of pods leave the cluster with their node's address");
  if (cluster.ipv6 && family === 4) return asNodes("IPv4 packets of pods leave with their node's address");
  if (pods.masquerade === "never" || family === 6) return asPods;
  const vpc = subnetsOf(world, from)[0]?.vpc ?? "";
  const kept = [
    ...pods.masquerade.except,
    ...(pods.masquerade.vpc ? (world.network.vpcs.get(vpc)?.ranges ?? []) : []),
  ];
  const shares = destinations
    .filter((each) => each.kind !== "block")
    .map((each) => kept.map((range) => shareOf(each, range)));
  const isKept = shares.map((each) => each.includes("all"));
  const mayBeKept = shares.some((each) => each.some((share) => share !== "none"));
  const translated = asNodes("packets to elsewhere than these ranges leave with the node's address");
  if (isKept.every((each) => each)) return asPods;
  return mayBeKept ? [...asPods, ...translated] : translated;
}

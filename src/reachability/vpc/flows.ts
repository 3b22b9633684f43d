import { hop, type Hop, type Verdict, verdictOf } from "../hop";
import { type FarEnd, groupHop, merged } from "./hops";
import { deciderOf, type Key } from "./keys";
import type { Subnet } from "./network";
import type { FlowProtocol, InterfacePlace } from "./places";
import type { Overlay } from "./pod-network";
import { familyOf, isAnywhere, parseRange, type Range, rangeKey, rangeText, shareOf } from "./ranges";
import { familyBetween, lostSubnets, nodesOf, podPlaces, sendersOf, subnetsOf } from "./senders";
import { aclHops } from "./edges";
import type { Journey, Way } from "./journey";
import { intoBalancer, intoTarget, outOfBalancer } from "./load-balancers";
import { onceOf } from "./once";
import { waysOf } from "./walk";
import { backTo } from "./way-back";
import type { VpcWorld } from "./world";

/** From interfaces to interfaces, through a tunnel of nodes where pods have addresses of their own. */
export function between(
  world: VpcWorld,
  from: InterfacePlace,
  to: InterfacePlace,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const overlay = to.kind === "pod" ? world.clusters.get(to.target)?.pods?.overlay : undefined;
  if (overlay !== undefined) return toOverlay(world, from, to, overlay, port, protocol);
  const family = familyBetween(world, from, to);
  const receivers = subnetsOf(world, to);
  const ways = sendersOf(
    world,
    from,
    receivers.flatMap(({ ranges }) => ranges),
    family,
  ).flatMap((sender) =>
    subnetsOf(world, sender.place).flatMap((start) =>
      receivers.map((end) => {
        const [source, destination] = [rangeIn(start, family), rangeIn(end, family)];
        if (source === undefined || destination === undefined)
          return [
            hop(
              "route out",
              "denied",
              [deciderOf((source === undefined ? start : end).key)],
              `a subnet has no IPv${family} range`,
            ),
          ];
        const journey = {
          from: start,
          source,
          destination,
          to: end,
          port,
          protocol,
          isPublic: start.isPublic,
        };
        return [...sender.hops, ...oneWay(world, journey, sender.place, to)];
      }),
    ),
  );
  return inOrder(merged([...ways, ...lostSubnets(world, from), ...lostSubnets(world, to)]));
}

/** Between pods and nodes of a cluster nodes carry the packets; from elsewhere only a route could lead to pods. */
function toOverlay(
  world: VpcWorld,
  from: InterfacePlace,
  to: InterfacePlace,
  { ranges, betweenPods, fromNodes }: Overlay,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  if (from.target !== to.target || (from.kind !== "pod" && from.kind !== "node"))
    return inOrder(merged(ranges.map((range) => toAddresses(world, from, range, port, protocol))));
  const tunnel = from.kind === "pod" ? betweenPods : fromNodes;
  const nodes = nodesOf(world, to.target);
  const by = world.clusters.get(to.target)?.pods?.decider;
  const says = `nodes carry packets of pods to each other by ${tunnel.protocol} ${tunnel.port}`;
  const ways = nodes.flatMap((sender) =>
    nodes.map((receiver) => between(world, sender, receiver, tunnel.port, tunnel.protocol)),
  );
  return inOrder([hop("source address", "allowed", by === undefined ? [] : [by], says), ...merged(ways)]);
}

export function rangeIn({ ranges }: Subnet, family: 4 | 6): Range | undefined {
  return ranges.find((each) => familyOf(each) === family);
}

/** All hops of a journey between two interfaces, or from one to a range. */
export function oneWay(
  world: VpcWorld,
  journey: Journey,
  from: InterfacePlace,
  to: InterfacePlace | undefined,
): Hop[] {
  const { source, destination, port, protocol } = journey;
  const far = (range: Range, place: InterfacePlace | undefined): FarEnd =>
    place === undefined ? { range } : { range, groups: place.securityGroups };
  const out = from.byController
    ? outOfBalancer(from)
    : groupHop("egress", from.securityGroups, far(destination, to), protocol, port, world);
  const into = (place: InterfacePlace): Hop => {
    if (place.byController) return intoBalancer(place);
    return from.byController
      ? intoTarget(world, place)
      : groupHop("ingress", place.securityGroups, far(source, from), protocol, port, world);
  };
  return [out, ...onWay(world, journey), ...(to === undefined ? [] : [into(to)])];
}

const once = onceOf<readonly Hop[]>();

/** What is between the interfaces. A name matters to firewalls only. */
function onWay(world: VpcWorld, journey: Journey): readonly Hop[] {
  const { from, to, source, destination, port, protocol, name } = journey;
  const named = world.firewalls.size > 0 ? (name ?? "") : "";
  const key = `${from.key} ${to?.key ?? ""} ${rangeKey(source)} ${rangeKey(destination)} ${protocol} ${port} ${named}`;
  return once(world, key, () =>
    merged(
      waysOf(journey, world).map((way) => [
        ...way.hops,
        ...aclHops(way, journey, to, world),
        ...returns(world, way, journey),
      ]),
    ),
  );
}

/** The way back; in a network that the stacks make, an address alone tells no interface that it would start from. */
function returns(world: VpcWorld, way: Way, journey: Journey): Hop[] {
  const { exit, firewall } = way;
  if (exit === undefined) return [];
  if (journey.to !== undefined) return [backTo(journey, journey.to, exit, firewall, world)];
  if (exit.kind !== "local" && exit.kind !== "peering") return [];
  const says = `which interface has an address of ${rangeText(journey.destination)} is not in the stacks`;
  return [hop("security group of the receiver", "undecided", [], says)];
}

/** A range by its text; all addresses there are is the internet. */
export function rangeNamed(text: string): Range | undefined {
  const range = parseRange(text);
  return range !== undefined && isAnywhere(range) ? { kind: "public", family: familyOf(range) ?? 4 } : range;
}

export function toRange(
  world: VpcWorld,
  from: InterfacePlace,
  range: string,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const destination = rangeNamed(range);
  if (destination === undefined)
    return [hop("route out", "undecided", [], `${range} is not a range of addresses`)];
  const there = answerersIn(world, from, destination);
  if (there.length === 0) return toAddresses(world, from, destination, port, protocol);
  const ways = there.map((place) => between(world, from, place, port, protocol));
  const [best = []] = [...ways].sort(
    (a, b) => RANK[verdictOf(b)] - RANK[verdictOf(a)] || closed(a) - closed(b),
  );
  return best;
}

/** How many hops deny it: where nobody answers, the way is told that lacks least. */
function closed(hops: readonly Hop[]): number {
  return hops.filter(({ verdict }) => verdict === "denied").length;
}

const RANK: Readonly<Record<Verdict, number>> = { denied: 0, undecided: 1, allowed: 2 };

/** Interfaces of clusters in a range of their VPCs: any of them may be who is called there, and one that answers will do. */
function answerersIn(world: VpcWorld, from: InterfacePlace, range: Range): InterfacePlace[] {
  const near = nearVpcs(world, subnetsOf(world, from)[0]?.vpc ?? "");
  const holds = ({ vpc, ranges }: Subnet) =>
    near.has(vpc) && ranges.some((each) => shareOf(each, range) === "all" || shareOf(range, each) === "all");
  return [...world.clusters].flatMap(([target, { controlPlane, nodes }]) =>
    [...nodes, ...podPlaces(world, target), controlPlane].flatMap((place) => {
      const subnets = subnetsOf(world, place)
        .filter(holds)
        .map(({ key }) => key);
      return subnets.length === 0 ? [] : [{ ...place, subnets }];
    }),
  );
}

/** @param name by which the firewall knows it */
export function toAddresses(
  world: VpcWorld,
  from: InterfacePlace,
  destination: Range,
  port: number,
  protocol: FlowProtocol,
  name?: string,
): Hop[] {
  const family = familyOf(destination) ?? 4;
  const ways = sendersOf(world, from, [destination], family).flatMap((sender) =>
    subnetsOf(world, sender.place).map((start) => {
      const source = rangeIn(start, family);
      if (source === undefined)
        return [
          hop(
            "route out",
            "denied",
            [deciderOf(start.key)],
            `${deciderOf(start.key).address} has no IPv${family} range for ${rangeText(destination)}`,
          ),
        ];
      const journey: Journey = {
        from: start,
        source,
        destination,
        port,
        protocol,
        isPublic: start.isPublic,
        ...(name !== undefined && { name }),
      };
      return [...sender.hops, ...oneWay(world, journey, sender.place, undefined)];
    }),
  );
  return inOrder(merged([...ways, ...lostSubnets(world, from)]));
}

/** A VPC, and those that a peering or a transit gateway of the stacks joins with it: others may have the same ranges. */
function nearVpcs({ gateways }: VpcWorld, vpc: Key): ReadonlySet<Key> {
  const peers = [...gateways.peerings.values()].flatMap(({ vpcs }) => (vpcs.includes(vpc) ? vpcs : []));
  const joined = gateways.attachments
    .filter((each) => each.vpc === vpc)
    .flatMap(({ gateway }) => gateways.attachments.filter((each) => each.gateway === gateway))
    .map((each) => each.vpc);
  return new Set([vpc, ...peers, ...joined]);
}

const ORDER: readonly Hop["at"][] = [
  "name resolution",
  "proxy",
  "source address",
  "security group of the sender",
  "network ACL out",
  "route out",
  "firewall",
  "endpoint",
  "nat",
  "peering",
  "transit gateway",
  "network ACL in",
  "security group of the receiver",
  "route back",
  "network ACL back",
];

export function inOrder(hops: readonly Hop[]): Hop[] {
  return [...hops].sort((a, b) => ORDER.indexOf(a.at) - ORDER.indexOf(b.at));
}

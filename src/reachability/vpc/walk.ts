import { inspect } from "./firewalls";
import { hop, type Hop } from "../hop";
import { aclHop, EPHEMERAL } from "./hops";
import type { Journey, Position, Way } from "./journey";
import { deciderOf, type Key } from "./keys";
import type { Subnet, Vpc } from "./network";
import { familyOf, isPrivate, rangeText } from "./ranges";
import { type Route, routesTo, unknownRoutes } from "./routes";
import { transitHop } from "./through-transit";
import { backTo, peeringHop } from "./way-back";
import type { VpcWorld } from "./world";

/** No way is longer: table, firewall, NAT gateway, internet gateway. */
const MOST_STEPS = 6;

/** All ways from a subnet to a destination, by the route tables. */
export function waysOf(journey: Journey, world: VpcWorld): Way[] {
  return onward(journey, { subnets: [journey.from], hops: [], translated: false }, world);
}

function onward(journey: Journey, position: Position, world: VpcWorld): Way[] {
  const here = position.subnets.at(-1) ?? journey.from;
  const vpc = world.network.vpcs.get(here.vpc);
  const table = world.network.tableOf(here);
  const at = deciderOf(table ?? here.vpc);
  const stop = (verdict: "denied" | "undecided", says: string): Way[] => [
    { ...position, hops: [...position.hops, hop("route out", verdict, [at], says)] },
  ];
  if (vpc === undefined)
    return stop("undecided", `the VPC of ${deciderOf(here.key).address} is not in the stacks`);
  if (position.subnets.length > MOST_STEPS) return stop("denied", `routes form a loop at ${at.address}`);
  const { routes, unknown } = routesTo(journey.destination, table, vpc, world.tables);
  const whither = rangeText(journey.destination);
  const why = unknownRoutes(table, world.tables);
  if (why !== undefined && routes.every(({ target }) => target.kind !== "local"))
    return stop("undecided", `${at.address} ${why}`);
  if (routes.length === 0)
    return unknown.length > 0
      ? stop("undecided", `whether a route of ${at.address} leads to ${whither} is not known`)
      : stop("denied", `${at.address} has no route to ${whither}`);
  return routes.flatMap((route) => follow(route, journey, position, vpc, world));
}

function follow(route: Route, journey: Journey, position: Position, vpc: Vpc, world: VpcWorld): Way[] {
  const { target } = route;
  const by = deciderOf(route.key);
  const here = position.subnets.at(-1) ?? journey.from;
  const go = (...more: Hop[]): Position => ({ ...position, hops: [...position.hops, ...more] });
  const led = (to: string) => hop("route out", "allowed", [by], `${by.address} leads to ${to}`);
  const ends = (verdict: "denied" | "undecided", says: string): Way[] => [
    go(hop("route out", verdict, [by], says)),
  ];
  const isGateway = target.kind === "internet gateway" || target.kind === "egress-only internet gateway";
  if (isGateway && isPrivate(journey.destination))
    return ends(
      "denied",
      `${by.address} leads to the internet, where nobody has ${rangeText(journey.destination)}`,
    );
  switch (target.kind) {
    case "local":
      return arrive(journey, go(led("the VPC itself")), vpc, by);
    case "firewall":
      return throughFirewall(target, journey, go(led(deciderOf(target.key).address)), world);
    case "nat gateway":
      return throughNat(target.key, journey, go(led(deciderOf(target.key).address)), world);
    case "internet gateway": {
      if (world.gateways.internet.has(target.key) && world.gateways.internet.get(target.key) === undefined)
        return ends(
          "denied",
          `${by.address} leads to ${deciderOf(target.key).address}, which is attached to no VPC`,
        );
      if (familyOf(journey.destination) === 6 || position.translated || journey.isPublic)
        return [{ ...go(led(deciderOf(target.key).address)), exit: { kind: "internet" } }];
      return ends(
        "denied",
        `${by.address} leads to an internet gateway, and the sender has no public address`,
      );
    }
    case "egress-only internet gateway":
      return [{ ...go(led(deciderOf(target.key).address)), exit: { kind: "internet" } }];
    case "peering connection": {
      const { key, ...peering } = peeringHop(target.key, world);
      return [{ ...go(led(deciderOf(key).address), peering.hop), exit: { kind: "peering", key } }];
    }
    case "transit gateway":
      return throughTransitGateway(target.key, journey, go(led(deciderOf(target.key).address)), here, world);
    case "other":
      return ends("undecided", `${by.address} leads to ${deciderOf(target.key).address}, which is not read`);
  }
}

function arrive(
  journey: Journey,
  position: Position,
  vpc: Vpc,
  by: { stack: string; address: string },
): Way[] {
  const { to } = journey;
  if (to !== undefined && to.vpc !== vpc.key)
    return [
      {
        ...position,
        hops: [
          ...position.hops,
          hop(
            "route out",
            "denied",
            [by],
            `${by.address} keeps ${rangeText(journey.destination)} in its own VPC`,
          ),
        ],
      },
    ];
  return [
    {
      ...position,
      subnets:
        to === undefined || to.key === position.subnets.at(-1)?.key
          ? position.subnets
          : [...position.subnets, to],
      exit: { kind: "local" },
    },
  ];
}

function throughFirewall(
  { key, zone }: { readonly key: Key; readonly zone: string },
  journey: Journey,
  position: Position,
  world: VpcWorld,
): Way[] {
  const firewall = world.firewalls.get(key);
  const subnet = firewall?.subnets
    .map((each) => world.network.subnets.get(each))
    .find((each) => each?.zone === zone);
  if (firewall === undefined || subnet === undefined)
    return [
      {
        ...position,
        hops: [
          ...position.hops,
          hop(
            "firewall",
            "undecided",
            [deciderOf(key)],
            `the endpoint of ${deciderOf(key).address} in ${zone} is not in the stacks`,
          ),
        ],
      },
    ];
  const { verdict, by, says } = inspect(firewall, journey);
  return onward(
    journey,
    {
      ...position,
      subnets: [...position.subnets, subnet],
      hops: [...position.hops, hop("firewall", verdict, [by], says)],
      firewall: `${key} ${zone}`,
    },
    world,
  );
}

function throughNat(key: Key, journey: Journey, position: Position, world: VpcWorld): Way[] {
  const subnet = world.network.subnets.get(world.gateways.nat.get(key) ?? "");
  const by = [deciderOf(key)];
  const { address } = deciderOf(key);
  if (subnet === undefined)
    return [
      {
        ...position,
        hops: [...position.hops, hop("nat", "undecided", by, `${address} is not in the stacks`)],
      },
    ];
  const here = position.subnets.at(-1) ?? journey.from;
  const back = backTo(journey, subnet, { kind: "local" }, position.firewall, world);
  return onward(
    journey,
    {
      ...position,
      subnets: subnet.key === here.key ? position.subnets : [...position.subnets, subnet],
      hops: [
        ...position.hops,
        hop("nat", "allowed", by, `${address} sends it on with its own address`),
        back,
      ],
      translated: !world.gateways.privateNat.has(key),
    },
    world,
  );
}

/** A gateway takes what comes from a zone in which it has an interface (Transit Gateway Guide, "Transit gateway attachments to a VPC"). */
function throughTransitGateway(
  key: Key,
  journey: Journey,
  position: Position,
  here: Subnet,
  world: VpcWorld,
): Way[] {
  const attachment = world.gateways.attachments.find((each) => each.gateway === key && each.vpc === here.vpc);
  const subnet = attachment?.subnets
    .map((each) => world.network.subnets.get(each))
    .find((each) => each?.zone === here.zone);
  const { address } = deciderOf(key);
  if (attachment === undefined || subnet === undefined) {
    const by = [deciderOf(attachment?.key ?? key)];
    const says =
      attachment === undefined
        ? `the VPC has no attachment to ${address} in the stacks`
        : `${deciderOf(attachment.key).address} has no interface in ${here.zone}`;
    const verdict = attachment === undefined ? "undecided" : "denied";
    return [{ ...position, hops: [...position.hops, hop("transit gateway", verdict, by, says)] }];
  }
  return [
    {
      ...position,
      subnets: subnet.key === here.key ? position.subnets : [...position.subnets, subnet],
      hops: [
        ...position.hops,
        transitHop({ ...journey, gateway: key, own: attachment }, world),
        ...beyondGateway(key, journey, world),
      ],
      exit: { kind: "transit gateway", key },
    },
  ];
}

/** The edge of the far interface's subnet, where that is not the receiver's own (Transit Gateway Guide, "Network ACLs for transit gateways"). */
function beyondGateway(gateway: Key, { to, destination, protocol, port }: Journey, world: VpcWorld): Hop[] {
  const { network, gateways } = world;
  const far = gateways.attachments.find((each) => each.gateway === gateway && each.vpc === to?.vpc);
  return (far?.subnets ?? [])
    .flatMap((each) => network.subnets.get(each) ?? [])
    .filter(({ key, zone }) => zone === to?.zone && key !== to.key)
    .flatMap((subnet) => {
      const request = { protocol, ports: { from: port, to: port } };
      return [
        aclHop("network ACL in", subnet, "egress", destination, request, world),
        aclHop("network ACL back", subnet, "ingress", destination, { protocol, ports: EPHEMERAL }, world),
      ];
    });
}

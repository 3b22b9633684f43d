import { isPrivateName } from "../../facts/private-names";
import { hop, endOf, type Hop, verdictOf } from "../hop";
import { between, inOrder, oneWay, rangeIn, toAddresses } from "./flows";
import { aclHop, EPHEMERAL, groupHop, merged } from "./hops";
import { deciderOf, type Key } from "./keys";
import {
  answererOf,
  type ForwardRule,
  type GatewayEndpoint,
  type InterfaceEndpoint,
  isOfGateway,
} from "./names";
import { isExcepted, type NodeProxy } from "./node-proxy";
import type { FlowProtocol, InterfacePlace } from "./places";
import { parseRange, type Range } from "./ranges";
import { controllerBalancers } from "./load-balancers";
import { publisherOf } from "./published-names";
import { otherwiseResolved } from "./resolution";
import { nodesOf, sendersOf, subnetsOf } from "./senders";
import type { VpcWorld } from "./world";

/** Public names lead to IPv4 addresses everywhere; to IPv6 ones only some do. */
const INTERNET: Range = { kind: "public", family: 4 };

/** To whatever a name leads to. */
export function toName(
  world: VpcWorld,
  from: InterfacePlace,
  named: string,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const name = named.toLowerCase().replace(/\.$/, "");
  const proxy = proxyFor(world, from);
  if (proxy !== undefined && protocol === "tcp" && !isExcepted(name, proxy))
    return byProxy(world, from, name, proxy);
  const vpc = subnetsOf(world, from)[0]?.vpc ?? "";
  return [
    ...otherwiseResolved(world.names.others, vpc),
    ...byResolver(world, from, name, vpc, port, protocol),
  ];
}

function byResolver(
  world: VpcWorld,
  from: InterfacePlace,
  name: string,
  vpc: Key,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const answerer = answererOf(name, vpc, world.names);
  switch (answerer?.kind) {
    case "interface":
      return toEndpoint(world, from, name, answerer, port, protocol);
    case "forward":
      return [forwarded(world, name, answerer)];
    case "zone":
      return [
        hop(
          "name resolution",
          "undecided",
          [deciderOf(answerer.key)],
          `${deciderOf(answerer.key).address} answers for ${name}, and what its records hold is not in the stacks`,
        ),
      ];
    case undefined: {
      if (isPrivateName(name)) return [nowhere(name)];
      const inside = toPublished(world, from, name, port, protocol);
      if (inside.length > 0) return inside;
      const resolved = hop("name resolution", "allowed", [], `${name} resolves to public addresses`);
      const gateway = world.names.gateways.find(
        (each) => each.vpc === vpc && isOfGateway(name, each) !== "no",
      );
      if (gateway === undefined)
        return [resolved, ...toAddresses(world, from, INTERNET, port, protocol, name)];
      const byGateway = toGateway(world, from, name, gateway, port, protocol);
      if (isOfGateway(name, gateway) === "yes") return [resolved, ...byGateway];
      // The bucket may be in any region.
      const byRoutes = toAddresses(world, from, INTERNET, port, protocol, name);
      if (verdictOf(byRoutes) === verdictOf(byGateway)) return [resolved, ...byRoutes];
      const says = `whether ${name} resolves to addresses of ${gateway.region}, and so to ${deciderOf(gateway.key).address}, is not known; otherwise ${endOf(byRoutes)?.says ?? "it passes"}`;
      return [hop("name resolution", "undecided", [deciderOf(gateway.key)], says)];
    }
  }
}

/** To the internal load balancer that external-dns publishes a name for; nothing, where it does not. */
function toPublished(
  world: VpcWorld,
  from: InterfacePlace,
  name: string,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const publisher = publisherOf(name, world.names.published);
  if (publisher === undefined) return [];
  const says = `external-dns has ${name} lead to the internal load balancer of ${publisher.by.address}, in the VPC`;
  const resolved = hop("name resolution", "allowed", [publisher.by], says);
  return controllerBalancers(world, publisher.target, "internal").flatMap((each) => [
    resolved,
    ...between(world, from, each, port, protocol),
  ]);
}

function nowhere(name: string): Hop {
  const says = `no public server answers for ${name}, and no private zone and no rule for it is in the stacks`;
  return hop("name resolution", "undecided", [], says);
}

/** User data names a node's proxy; charts give pods the same one. */
function proxyFor(world: VpcWorld, from: InterfacePlace): NodeProxy | undefined {
  const nodes = nodesOf(world, from.target);
  if (from.kind === "pod") return nodes.find(({ proxy }) => proxy !== undefined)?.proxy;
  return from.kind === "node" ? nodes.find(({ name }) => name === from.name)?.proxy : undefined;
}

function byProxy(world: VpcWorld, from: InterfacePlace, name: string, proxy: NodeProxy): Hop[] {
  const range = /^[\d.]+$/.test(proxy.host) ? `${proxy.host}/32` : undefined;
  const says = `${name} is called through ${proxy.host}:${proxy.port}, whose own rules are not in the stacks`;
  const own = hop("proxy", "undecided", [proxy.decider], says);
  if (range === undefined) return [own];
  const to = parseRange(range);
  return to === undefined ? [own] : inOrder([own, ...toAddresses(world, from, to, proxy.port, "tcp")]);
}

function toEndpoint(
  world: VpcWorld,
  from: InterfacePlace,
  name: string,
  endpoint: InterfaceEndpoint,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const by = [deciderOf(endpoint.key)];
  const { address } = deciderOf(endpoint.key);
  const dns = world.network.vpcs.get(endpoint.vpc)?.dns === true;
  const resolved = dns
    ? hop("name resolution", "allowed", by, `${name} resolves to ${address}, which has its private DNS name`)
    : hop(
        "name resolution",
        "denied",
        [deciderOf(endpoint.vpc)],
        `private DNS of ${address} needs the VPC's DNS support and DNS hostnames`,
      );
  const to: InterfacePlace = { ...endpoint, kind: "interface endpoint", target: from.target, name: address };
  return [resolved, ...between(world, from, to, port, protocol)];
}

/** A rule's endpoint has to reach the name servers; which addresses they answer with nobody knows. */
function forwarded(world: VpcWorld, name: string, rule: ForwardRule): Hop {
  const endpoint = world.names.resolvers.get(rule.endpoint);
  const by = [deciderOf(rule.key)];
  const servers = rule.targets.map(({ address }) => address).join(", ");
  if (endpoint === undefined)
    return hop(
      "name resolution",
      "undecided",
      by,
      `the endpoint of ${deciderOf(rule.key).address} is not in the stacks`,
    );
  const place: InterfacePlace = {
    ...endpoint,
    kind: "resolver endpoint",
    target: "",
    name: deciderOf(endpoint.key).address,
  };
  const ways = rule.targets.flatMap(({ address, port }) => {
    const range = parseRange(address);
    return range === undefined ? [] : [toAddresses(world, place, range, port, "udp")];
  });
  const closed = merged(ways).find(({ verdict }) => verdict === "denied");
  return closed === undefined
    ? hop(
        "name resolution",
        "undecided",
        by,
        `${servers} answer for ${name}: neither the way behind the transit gateway nor the address is in the stacks`,
      )
    : {
        ...closed,
        at: "name resolution",
        says: `${deciderOf(rule.key).address} sends queries for ${name} to ${servers}, and ${closed.says}`,
      };
}

/** Tables of a gateway endpoint lead to the service's own addresses by its prefix list; others by their other routes. */
function toGateway(
  world: VpcWorld,
  from: InterfacePlace,
  name: string,
  gateway: GatewayEndpoint,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const { address } = deciderOf(gateway.key);
  const ways = sendersOf(world, from, [INTERNET], 4).flatMap((sender) =>
    subnetsOf(world, sender.place).map((start): Hop[] => {
      const table = world.network.tableOf(start);
      if (table !== undefined && gateway.tables.includes(table))
        return [
          ...sender.hops,
          hop(
            "endpoint",
            "allowed",
            [deciderOf(gateway.key)],
            `${deciderOf(table).address} leads to ${name} by ${address}`,
          ),
          groupHop("egress", sender.place.securityGroups, { range: INTERNET }, protocol, port, world),
          aclHop(
            "network ACL out",
            start,
            "egress",
            INTERNET,
            { protocol, ports: { from: port, to: port } },
            world,
          ),
          aclHop("network ACL back", start, "ingress", INTERNET, { protocol, ports: EPHEMERAL }, world),
        ];
      const source = rangeIn(start, 4);
      if (source === undefined) return [];
      const journey = {
        from: start,
        source,
        destination: INTERNET,
        port,
        protocol,
        name,
        isPublic: start.isPublic,
      };
      return [...sender.hops, ...oneWay(world, journey, sender.place, undefined)];
    }),
  );
  return inOrder(merged(ways));
}

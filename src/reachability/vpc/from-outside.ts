import { hop, type Hop } from "../hop";
import { inOrder, rangeIn, rangeNamed } from "./flows";
import { aclHop, EPHEMERAL, groupHop, merged } from "./hops";
import { deciderOf, type Key } from "./keys";
import type { Subnet } from "./network";
import type { FlowProtocol, InterfacePlace, NamePlace, RangePlace } from "./places";
import { familyOf, isPublic, type Range, rangeText, shareOf } from "./ranges";
import { type Route, routesTo } from "./routes";
import { intoBalancer } from "./load-balancers";
import { lostSubnets, subnetsOf } from "./senders";
import { transitFromOutside } from "./through-transit";
import type { Exit } from "./journey";
import { backTo, peeringHop } from "./way-back";
import type { VpcWorld } from "./world";

/** From addresses that no stack has an interface for: what the receiver's network does with their packets, and with the answers. */
export function fromOutside(
  world: VpcWorld,
  from: RangePlace | NamePlace | { readonly kind: "resolver" | "imds" | "time" },
  to: InterfacePlace,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const source = from.kind === "range" ? rangeNamed(from.range) : undefined;
  if (source === undefined)
    return [hop("route back", "undecided", [], "the addresses of the sender are not known")];
  const overlay = to.kind === "pod" ? world.clusters.get(to.target)?.pods?.overlay : undefined;
  if (overlay !== undefined) {
    const range = overlay.ranges.map(rangeText).join(", ");
    return [
      hop(
        "route out",
        "denied",
        [],
        `pods of ${to.target} have addresses of their own (${range}), which are not the VPC's`,
      ),
    ];
  }
  const ways = subnetsOf(world, to).map((subnet) => into(world, source, to, subnet, port, protocol));
  return inOrder(merged([...ways, ...lostSubnets(world, to)]));
}

function into(
  world: VpcWorld,
  source: Range,
  to: InterfacePlace,
  subnet: Subnet,
  port: number,
  protocol: FlowProtocol,
): Hop[] {
  const family = familyOf(source) ?? 4;
  const own = rangeIn(subnet, family);
  if (own === undefined)
    return [
      hop(
        "route out",
        "denied",
        [deciderOf(subnet.key)],
        `${deciderOf(subnet.key).address} has no IPv${family} range`,
      ),
    ];
  return [
    aclHop("network ACL in", subnet, "ingress", source, { protocol, ports: { from: port, to: port } }, world),
    to.byController
      ? intoBalancer(to)
      : groupHop("ingress", to.securityGroups, { range: source }, protocol, port, world),
    ...wayBack(world, source, to, subnet),
    aclHop("network ACL back", subnet, "egress", source, { protocol, ports: EPHEMERAL }, world),
  ];
}

function wayBack(world: VpcWorld, source: Range, to: InterfacePlace, subnet: Subnet): Hop[] {
  const vpc = world.network.vpcs.get(subnet.vpc);
  const table = world.network.tableOf(subnet);
  const { routes } = vpc === undefined ? { routes: [] } : routesTo(source, table, vpc, world.tables);
  if (vpc?.ranges.some((each) => shareOf(source, each) === "all"))
    return [backTo({ source }, subnet, { kind: "local" }, undefined, world)];
  if (isPublic(source)) return [fromInternet(world, source, to, subnet)];
  const [route] = routes;
  const exit = route && exitOf(route, world);
  if (route === undefined || exit === undefined)
    return [
      backTo({ source }, subnet, { kind: "transit gateway", key: "?a gateway to it" }, undefined, world),
    ];
  const back = backTo({ source }, subnet, exit, undefined, world);
  if (exit.kind === "transit gateway") return [back, intoVpc(world, exit.key, source, subnet)];
  return exit.kind === "peering" ? [back, peeringHop(exit.key, world).hop] : [back];
}

function intoVpc(world: VpcWorld, gateway: Key, source: Range, subnet: Subnet): Hop {
  const own = world.gateways.attachments.find((each) => each.gateway === gateway && each.vpc === subnet.vpc);
  const destination = rangeIn(subnet, familyOf(source) ?? 4);
  if (own !== undefined && destination !== undefined)
    return transitFromOutside({ gateway, own, source, destination }, world);
  const { address } = deciderOf(gateway);
  const says = `whether ${address} leads here is said by its own route tables, which are not in the stacks`;
  return hop("transit gateway", "undecided", [deciderOf(gateway)], says);
}

/** Private addresses come by a peering or a transit gateway only. */
function exitOf({ target }: Route, { gateways }: VpcWorld): Exit | undefined {
  if (target.kind === "transit gateway") return { kind: "transit gateway", key: target.key };
  if (target.kind !== "peering connection") return undefined;
  return { kind: "peering", key: gateways.peerings.get(target.key)?.key ?? target.key };
}

/** From the internet only public addresses are reached, and only where an internet gateway is the way back. */
function fromInternet(world: VpcWorld, source: Range, to: InterfacePlace, subnet: Subnet): Hop {
  const back = backTo({ source }, subnet, { kind: "internet" }, undefined, world);
  if (back.verdict !== "allowed" || subnet.isPublic || to.kind === "load balancer") return back;
  return hop(
    "route back",
    "denied",
    [deciderOf(subnet.key)],
    `interfaces in ${deciderOf(subnet.key).address} have no public addresses`,
  );
}

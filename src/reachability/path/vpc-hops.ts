import { formatAddress, parsePrefix } from "../policy/addresses";
import { chosenWay, type Hop, type HopKind } from "../hop";
import type { Need, NeedEnd } from "../needs/need";
import { farPlaces } from "./far-places";
import { callsNodes, nodePorts } from "./node-ports";
import { decideVpc } from "../vpc/decide";
import { clientHops } from "../vpc/kept-clients";
import { controllerBalancers, peerBalancers } from "../vpc/load-balancers";
import { serviceAt, staysOnNode } from "../vpc/local-addresses";
import type { InterfacePlace, VpcPlace } from "../vpc/places";
import { nodesOf, podPlaces } from "../vpc/senders";
import type { TargetNetwork } from "./target-network";
import type { VpcWorld } from "../vpc/world";

/** Hops after which a flow is with its receiver; those of the way back come behind. */
const BACK: readonly HopKind[] = ["route back", "network ACL back"];

export interface NetworkWay {
  readonly there: readonly Hop[];
  readonly back: readonly Hop[];
}

const NOTHING: NetworkWay = { there: [], back: [] };

/** What the VPC says of a flow between two ends; nothing where it stays on a node. */
export function networkWay(network: TargetNetwork, need: Need): NetworkWay {
  const { from, to, ports } = inVpc(need, network);
  const { protocol, byAnyWay, clients = [] } = need;
  if ([from, to].some(isOnNode)) return NOTHING;
  const placesFor = (end: NeedEnd) => {
    const places = placesOf(end, network);
    return byAnyWay === true ? places.flatMap(inEachSubnet) : places;
  };
  const senders = placesFor(from);
  const receivers =
    byAnyWay === true && to.kind === "internet" ? [...placesFor(to), ANY_NAME] : placesFor(to);
  const ways = senders.flatMap((one) =>
    receivers.flatMap((other) =>
      ports.map((port) => [
        ...decided(network, one, other, port, protocol),
        ...clientHops(network.vpc, other, clients, port, protocol === "UDP" ? "udp" : "tcp"),
      ]),
    ),
  );
  const way = chosenWay(ways, (hops) => hops, byAnyWay === true) ?? [];
  return {
    there: way.filter(({ at }) => !BACK.includes(at)),
    back: way.filter(({ at }) => BACK.includes(at)),
  };
}

function isOnNode(end: NeedEnd): boolean {
  const range = end.kind === "range" ? parsePrefix(end.range) : undefined;
  return (
    end.kind === "kubelet" || end.kind === "pod-identity-agent" || (range && staysOnNode(range)) === true
  );
}

/** What of a need the VPC sees: a load balancer that calls nodes calls none of their pods. */
function inVpc(
  need: Need,
  network: TargetNetwork,
): Pick<Need, "from" | "to"> & { readonly ports: readonly number[] } {
  const { from, to, port } = need;
  return callsNodes(need, network)
    ? { from, to: { kind: "nodes" }, ports: nodePorts(network.vpc) }
    : { from, to, ports: [port] };
}

/** One place for each subnet: what is closed in one zone may be open in another. */
function inEachSubnet(place: VpcPlace): VpcPlace[] {
  return "subnets" in place && place.subnets.length > 1
    ? place.subnets.map((subnet) => ({ ...place, subnets: [subnet] }))
    : [place];
}

function decided(
  { vpc, decided: known }: TargetNetwork,
  from: VpcPlace,
  to: VpcPlace,
  port: number,
  protocol: "TCP" | "UDP",
): readonly Hop[] {
  const key = `${keyOf(from)} ${keyOf(to)} ${protocol} ${port}`;
  const found = known.get(key) ?? decideVpc(vpc, from, to, port, protocol === "UDP" ? "udp" : "tcp");
  known.set(key, found);
  return found;
}

function keyOf(place: VpcPlace): string {
  if ("subnets" in place) return `${place.kind} ${place.target} ${place.name} ${place.subnets.join()}`;
  return place.kind === "range" ? place.range : place.kind === "name" ? place.name : place.kind;
}

/** An address of documentation (RFC 5737) for the internet at large. */
const INTERNET = "198.51.100.7/32";

/** A proxy is told names and no addresses. */
const ANY_NAME: VpcPlace = { kind: "name", name: "any name of the internet" };

function placesOf(end: NeedEnd, { vpc, target }: TargetNetwork): readonly VpcPlace[] {
  switch (end.kind) {
    case "pods":
      return end.pods.hostNetwork === true ? nodesOf(vpc, target) : podPlaces(vpc, target, end.pods);
    case "nodes":
      return nodesOf(vpc, target).filter(({ name }) => end.group === undefined || name === end.group);
    case "vpc-service":
      return [{ kind: end.service }];
    case "endpoint":
    case "resolver-endpoint":
    case "proxy":
      return farPlaces(end, { vpc, target });
    case "api-server":
      return controlPlaneOf(vpc, target);
    case "peer":
      return peerPlaces(end, vpc);
    case "range":
      return [placeOfRange(end.range, vpc)];
    case "name":
      return [{ kind: "name", name: end.name }];
    case "load-balancer":
      return controllerBalancers(vpc, target, end.scheme);
    case "internet":
      return [{ kind: "range", range: INTERNET }];
    default:
      return [];
  }
}

/** Whoever answers in a peer's range, and all subnets in which its load balancers may have addresses. */
function peerPlaces(
  { at, target, range }: Extract<NeedEnd, { readonly kind: "peer" }>,
  vpc: VpcWorld,
): readonly VpcPlace[] {
  switch (at) {
    case "nodes":
      return nodesOf(vpc, target);
    case "API server":
      return controlPlaneOf(vpc, target);
    case "network":
      return [placeOfRange(range, vpc), ...peerBalancers(vpc, target)];
  }
}

function controlPlaneOf({ clusters }: VpcWorld, target: string): InterfacePlace[] {
  const cluster = clusters.get(target);
  return cluster === undefined ? [] : [cluster.controlPlane];
}

/** An address alone is a range of one; some are services of the VPC's own. */
function placeOfRange(range: string, vpc: VpcWorld): VpcPlace {
  const prefix = parsePrefix(range);
  if (prefix === undefined) return { kind: "range", range };
  const whole = range.includes("/") ? range : `${formatAddress(prefix.base)}/${prefix.length}`;
  return serviceAt(prefix, vpc) ?? { kind: "range", range: whole };
}

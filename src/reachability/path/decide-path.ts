import { HBONE_PORT, PROBE_SOURCES } from "../mesh/ambient";
import { decideMesh, type MeshDecision } from "../mesh/decide";
import type { MeshSide } from "../mesh/mesh-flow";
import type { MeshHost, MeshWorld } from "../mesh/mesh-world";
import { chosenWay, type Decider, type Hop, type HopKind } from "../hop";
import { endName, type Need } from "../needs/need";
import { requestText } from "../needs/requests";
import { isAmbient } from "../mesh/workloads";
import { decideFlow, type DirectionDecision, type Flow } from "../policy/decide";
import type { HttpRequest } from "../policy/http";
import type { Peer } from "../policy/peers";
import { peersOf } from "./peers-of";
import { serviceHop } from "./service-hop";
import { stubZoneHop } from "./stub-zone-hop";
import { networkWay } from "./vpc-hops";
import type { ReachWorld } from "./reach-world";

/** The way of a need, hop by hop. Ends may have several addresses. */
export function decidePath(world: ReachWorld, need: Need): Hop[] {
  if (need.unmatched !== undefined) {
    const { verdict, object, says } = need.unmatched;
    return [{ at: "discovery", verdict, by: placesOf([object], world), says }];
  }
  const from = peersOf(need.from, world);
  const to = peersOf(need.to, world);
  if (from.length === 0 || to.length === 0) return [nobody(need, from.length === 0)];
  const { requests = [undefined] } = need;
  const ways = requests.flatMap((request) =>
    from.flatMap((one) => to.map((other) => wayOf(world, need, one, other, request))),
  );
  return chosenWay(ways, (hops) => hops, need.byAnyWay === true) ?? [];
}

function nobody({ from, to }: Need, isSender: boolean): Hop {
  const says = `where ${endName(isSender ? from : to)} is can't be read from these stacks`;
  return { at: "source address", verdict: "undecided", by: [], says };
}

function wayOf(world: ReachWorld, need: Need, from: Peer, to: Peer, request: HttpRequest | undefined): Hop[] {
  const { cluster } = world;
  const { port, protocol } = need;
  const flow = { from, to, port, transport: protocol, ...(request && { request }) };
  const mesh = cluster.mesh && decideMesh(meshFor(cluster.mesh, need), flow);
  const seen = onTheWire(world, flow, mesh);
  const policy = decideFlow(cluster.policies, seen);
  const stub = stubZoneHop(world, need, (query) => decidePath(world, query));
  const network =
    stub === undefined
      ? world.network && networkWay(world.network, { ...need, port: seen.port })
      : { there: [stub], back: [] };
  const tunnel = mesh?.hbone === true ? (hop: Hop): Hop => ofTunnel(hop) : (hop: Hop) => hop;
  const asked = ofRequest(request);
  const received = policyHop("policy of the receiver", policy.ingress, world);
  return [
    ...serviceHop(world, need),
    ...(from.kind === "pods" ? [asked(tunnel(policyHop("policy of the sender", policy.egress, world)))] : []),
    ...(mesh?.caller && need.byProxy !== true ? [meshHop("mesh of the sender", mesh.caller, world)] : []),
    ...(network?.there ?? []).map(tunnel),
    ...(mesh?.called ? [asked(meshHop("mesh of the receiver", mesh.called, world))] : []),
    ...(to.kind === "pods"
      ? [asked(from === seen.from ? tunnel(received) : ofProbe(received, seen.from))]
      : []),
    ...(network?.back ?? []).map(tunnel),
  ];
}

/**
 * What policies and the network see of a call. Pods of an ambient mesh call each other by a tunnel, whose requests nobody sees, and
 * probes come from an address that istio-cni gives them.
 */
function onTheWire({ cluster, network }: ReachWorld, flow: Flow, mesh: MeshDecision | undefined): Flow {
  const { from, to, transport } = flow;
  if (mesh?.hbone === true) return { from, to, port: HBONE_PORT, transport };
  const isProbe =
    from.kind === "entity" && from.entity === "host" && to.kind === "pods" && transport === "TCP";
  if (!isProbe || !cluster.mesh || !isAmbient(to, cluster.mesh)) return flow;
  const isIpv6 = network?.vpc.clusters.get(network.target)?.ipv6 === true;
  return { ...flow, from: { kind: "address", address: PROBE_SOURCES[isIpv6 ? "ipv6" : "ipv4"] } };
}

function ofTunnel(hop: Hop): Hop {
  const says = `${hop.says} (ambient pods call each other by HBONE; open TCP ${HBONE_PORT}, too)`;
  return hop.verdict === "allowed" ? hop : { ...hop, says };
}

function ofProbe(hop: Hop, source: Peer): Hop {
  const says = `${hop.says} (probes of ambient pods come from ${source.address ?? "istio-cni's address"}; let it in)`;
  return hop.verdict === "allowed" ? hop : { ...hop, says };
}

/** Which request it is that ends there. */
function ofRequest(request: HttpRequest | undefined): (hop: Hop) => Hop {
  return (hop) =>
    request === undefined || hop.verdict === "allowed"
      ? hop
      : { ...hop, says: `${hop.says} (asked for ${requestText(request)})` };
}

/** With the Service that is before pods which a team makes by hand: a mesh knows no pod without one. */
function meshFor(mesh: MeshWorld, { to, port }: Need): MeshWorld {
  if (to.kind !== "pods" || to.byHand !== true) return mesh;
  const { namespace, labels } = to.pods;
  const service: MeshHost = {
    object: `a Service of ${namespace}`,
    namespace,
    names: [`by-hand.${namespace}.svc.cluster.local`],
    exportTo: ["*"],
    ports: [{ number: port, protocol: "tcp", target: port }],
    selector: labels,
    addresses: [],
    outside: false,
  };
  return { ...mesh, byHand: [service] };
}

function policyHop(at: HopKind, decision: DirectionDecision, world: ReachWorld): Hop {
  const { verdict, why, by, closedBy, near } = decision;
  const named = verdict === "denied" && by.length === 0 ? closedBy : by;
  const other = near.length > 0 ? `; other ports are open by ${near.join(", ")}` : "";
  return { at, verdict, by: placesOf(named, world), says: `${said(why, named)}${other}` };
}

function meshHop(at: HopKind, { verdict, why, by }: MeshSide, world: ReachWorld): Hop {
  return { at, verdict, by: placesOf(by, world), says: said(why, by) };
}

function said(why: string, objects: readonly string[]): string {
  return objects.length === 0 ? why : `${why}: ${objects.join(", ")}`;
}

function placesOf(objects: readonly string[], world: ReachWorld): Decider[] {
  return objects.flatMap((each) => world.objects.get(each) ?? []);
}

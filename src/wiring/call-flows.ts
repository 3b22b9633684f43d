import type { CalledEnd, CallingEnd, DeclaredFlow, FlowPods, FlowSide } from "../model/flows";
import { hasMeshIdentity, isInMesh } from "../model/mesh";
import { controlPlaneTier } from "../model/subnets";
import type { Target } from "../model/target";
import { formatCidr, parseCidr } from "../ip-capacity/cidr";
import { EAST_WEST_ROLE, ISTIO_NAMESPACE } from "../components/istio/istio-values";
import type { Flow, FlowPeer } from "../modules/policies/network-flows";
import { ruleSelector, serviceSelector } from "../modules/workloads/workload";

/** Ranges of an IPv6 cluster, which AWS chooses. */
export interface Ipv6Ranges {
  readonly vpc: string;
  readonly services: string;
}

export interface CallContext {
  readonly target: Target;
  /** Read in an IPv6 cluster only. */
  readonly ipv6: () => Ipv6Ranges;
}

/** A declared call as network policies of the pods at one of its ends see it. */
export function callFlow(call: DeclaredFlow, side: FlowSide, context: CallContext): Flow {
  const { caller, called, ports, http } = call;
  return {
    ...(side === "caller"
      ? { direction: "egress", peers: calledPeers(called, context) }
      : { direction: "ingress", peers: [...callerPeers(caller, context), ...throughGateway(call, context)] }),
    ports,
    ...(http && { http }),
  };
}

function calledPeers(called: CalledEnd, context: CallContext): FlowPeer[] {
  switch (called.kind) {
    case "pods":
      return [podPeer(called, context, called.workload && serviceSelector({ app: called.workload }))];
    case "range":
      return [rangePeer(formatCidr(called.cidr))];
    case "name":
      return [{ kind: "fqdn", name: called.fqdn }];
  }
}

export function callerPeers(caller: CallingEnd, context: CallContext): FlowPeer[] {
  switch (caller.kind) {
    case "pods":
      return [podPeer(caller, context, caller.workload && versionLabels(caller.workload, context.target))];
    case "range":
      return [rangePeer(formatCidr(caller.cidr))];
    case "load-balancer":
      // Overlay pods can't be targets: load balancers call nodes, and Cilium hands on what is from outside as `world`.
      if (context.target.config.cni.kind === "cilium-overlay") return [{ kind: "entity", entity: "world" }];
      return tierCidrs(context, caller.scheme === "public" ? "public" : "nodes").map((cidr) => ({
        kind: "cidr",
        cidr,
      }));
  }
}

/** What selects the pods of a service that calls: all of its versions, or the one that it is. */
function versionLabels(name: string, { workloads }: Target): Record<string, string> {
  return ruleSelector({ name, app: workloads[name]?.app ?? name });
}

/** Pods of this cluster, or of a peer in Cilium's mesh, which Cilium knows by the name of its cluster. */
function podPeer(
  { namespace, pods, target: name }: FlowPods,
  { target: { peers } }: CallContext,
  ofWorkload: Record<string, string> | "" | undefined,
): FlowPeer {
  const cluster = peers.find((peer) => peer.name === name)?.clusterName;
  const labels = pods ?? (ofWorkload || undefined);
  return {
    kind: "pods",
    namespace,
    ...(labels && { labels }),
    ...(cluster !== undefined && { cluster }),
  };
}

/** Istio's way in from other networks: callers in peers of the mesh come by it, to the ports that callers here may call. */
function throughGateway({ caller, called }: DeclaredFlow, { target }: CallContext): FlowPeer[] {
  const { config } = target;
  if (caller.kind !== "pods" || caller.target !== undefined || called.kind !== "pods") return [];
  return hasMeshIdentity(config, caller.namespace) && isInMesh(config, called.namespace)
    ? eastWestGateways(target)
    : [];
}

/** Pods that lead peers of an Istio mesh into this network; none without peers. */
export function eastWestGateways({ mesh }: Target): FlowPeer[] {
  if (mesh.istio?.kind !== "istio" || mesh.peerNames.length === 0) return [];
  return [{ kind: "pods", namespace: ISTIO_NAMESPACE, labels: { istio: EAST_WEST_ROLE } }];
}

/** Subnets of a tier. IPv6 pods see the other addresses of their subnets, which only AWS knows. */
export function tierCidrs(
  { target, ipv6 }: CallContext,
  tier: "public" | "nodes" | "controlPlane",
): string[] {
  if (target.family === "ipv6") return [ipv6().vpc];
  if (tier === "controlPlane") return controlPlaneCidrs(target);
  return [...(target.subnets.get(tier)?.values() ?? [])].map(formatCidr);
}

/** Of the zones of the control plane, in whichever tier its interfaces are. */
function controlPlaneCidrs({ subnets, config, zones }: Target): string[] {
  const byZone = subnets.get(controlPlaneTier(config.network));
  return zones.controlPlane.flatMap((zone) => byZone?.get(zone) ?? []).map(formatCidr);
}

/** Link-local addresses: the node's own services, instance metadata among them. */
const LINK_LOCAL = "169.254.0.0/16";

function rangePeer(cidr: string): FlowPeer {
  const { prefix } = parseCidr(cidr);
  return { kind: "cidr", cidr, ...(prefix === 0 && { except: [LINK_LOCAL] }) };
}

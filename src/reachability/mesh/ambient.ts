import type { Peer } from "../policy/peers";
import { authorize } from "./authorization";
import type { MeshFlow, MeshSide } from "./mesh-flow";
import type { MeshWorld } from "./mesh-world";
import { mtlsOf } from "./peer-authentication";
import { isAmbient, type MeshPods, proxyOf } from "./workloads";

/** Where ztunnel takes the tunnel of a call, in the called pod's own network (istio/istio 1.29.6, cni/pkg/config/config.go, `ZtunnelInboundPort`). */
export const HBONE_PORT = 15008;

/** Source that istio-cni gives the kubelet's probes, by which ztunnel knows to leave them alone (same version, cni/README.md; cni/pkg/iptables/iptables.go). */
export const PROBE_SOURCES = {
  ipv4: "169.254.7.127",
  ipv6: "fd16:9254:7127:1337:ffff:ffff:ffff:ffff",
} as const;

/** What an ambient mesh makes of a call. */
export interface AmbientCall {
  readonly called?: MeshSide;
  /** What goes over the network is a tunnel to HBONE_PORT, with the addresses of both pods. */
  readonly hbone: boolean;
}

/**
 * A call from or to pods of an ambient mesh. ztunnel takes TCP only, and keeps no call from leaving; undefined: no end is in
 * an ambient mesh.
 */
export function ambientCall(world: MeshWorld, flow: MeshFlow): AmbientCall | undefined {
  const { from, to, transport } = flow;
  const [isCaller, isCalled] = [from, to].map((each) => isIn(each, world));
  if (!isCaller && !isCalled) return undefined;
  if (transport !== "TCP") return { hbone: false };
  if ([from, to].some((each) => each.kind === "pods" && proxyOf(each, world) === "sidecar"))
    return { hbone: false, called: undecided("how sidecars and ambient pods call each other") };
  if (!isCalled || to.kind !== "pods") return { hbone: false };
  if (from.kind === "entity" && from.entity === "host")
    return {
      hbone: false,
      called: { verdict: "allowed", why: "the node's probes, which pass ztunnel by", by: [] },
    };
  // Gateways speak it to whoever takes it (pilot/pkg/xds/endpoints/endpoint_builder.go, `supportTunnel`).
  const hbone = isCaller === true || (from.kind === "pods" && proxyOf(from, world) === "gateway");
  // Gateways pass waypoints by, unless a Service says otherwise (same file).
  const called =
    isCaller === true && hasWaypoint(to, world)
      ? undecided("the waypoint on the way")
      : inbound(world, to, flow, hbone);
  return { hbone, called };
}

function hasWaypoint({ labels, namespace }: MeshPods, { namespaces }: MeshWorld): boolean {
  const name = labels["istio.io/use-waypoint"] ?? namespaces.get(namespace)?.["istio.io/use-waypoint"];
  return name !== undefined && name !== "none";
}

function isIn(peer: Peer | MeshPods, world: MeshWorld): boolean {
  return peer.kind === "pods" && isAmbient(peer, world);
}

/** By connection: ztunnel reads no requests. */
function inbound(world: MeshWorld, to: MeshPods, { from, port }: MeshFlow, hbone: boolean): MeshSide {
  const mtls = mtlsOf(to, port, world);
  if (mtls.mode === undefined) return undecided(mtls.unknown);
  if (mtls.mode === "STRICT" && !hbone)
    return {
      verdict: "denied",
      why: "it takes mutual TLS only, and the caller has none",
      by: mtls.by === undefined ? [] : [mtls.by],
    };
  return authorize(
    to,
    {
      port,
      isHttp: false,
      byZtunnel: true,
      ...(from.address !== undefined && { address: from.address }),
      ...(hbone &&
        from.kind === "pods" && {
          principal: `spiffe://${world.settings.trustDomain}/ns/${from.namespace}/sa/${from.serviceAccount ?? "default"}`,
        }),
    },
    world,
  );
}

function undecided(what: string): MeshSide {
  return { verdict: "undecided", why: `${what} is not simulated`, by: [] };
}

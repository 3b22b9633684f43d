import { EAST_WEST_PORT, ISTIOD_LABELS, XDS_PORT } from "../../components/istio/flows";
import { type Flow, type FlowPeer, tcp } from "./network-flows";

/** What a namespace in an Istio mesh talks to besides its own peers. */
export interface MeshMembership {
  readonly mode: "sidecar" | "ambient";
  /** Namespace of istiod. */
  readonly controlPlaneNamespace: string;
  /** IPv4 ranges of other clusters in the mesh, where their east-west gateways are. */
  readonly peerCidrs?: readonly string[];
  /** An ambient namespace with proxies among its pods: a waypoint or sidecars. */
  readonly hasProxies?: boolean;
}

/** Agent beside an Envoy: metrics of a sidecar and its service, of a Gateway or waypoint (istiod chart, prometheus.io/port). */
export const PROXY_METRICS_PORT = 15020;
/** HBONE: all traffic between pods of an ambient mesh (Istio docs, "Ports used by Istio"). */
export const HBONE_PORT = 15008;
/** Source that Istio gives kubelet's probes in an ambient mesh (Istio docs, "Ambient and Kubernetes NetworkPolicy"). */
const PROBE_SOURCE = {
  ipv4: "169.254.7.127/32",
  ipv6: "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128",
} as const;

/**
 * Flows between a namespace's pods, of one family, and the mesh's own parts. Gateways are callers like others, on the ports
 * that they are declared to call. Traces go where those of all closed namespaces go.
 */
export function meshFlows(membership: MeshMembership, family: keyof typeof PROBE_SOURCE): Flow[] {
  const { mode, controlPlaneNamespace, peerCidrs = [], hasProxies } = membership;
  const istiod: FlowPeer = {
    kind: "pods",
    namespace: controlPlaneNamespace,
    labels: ISTIOD_LABELS,
  };
  const toPeers: Flow[] =
    peerCidrs.length === 0
      ? []
      : [
          {
            direction: "egress",
            peers: peerCidrs.map((cidr): FlowPeer => ({ kind: "cidr", cidr })),
            ports: tcp(EAST_WEST_PORT),
          },
        ];
  const toIstiod: Flow = { direction: "egress", peers: [istiod], ports: tcp(XDS_PORT) };
  if (mode === "sidecar") return [toIstiod, ...toPeers];
  // In an ambient mesh the node's ztunnel asks istiod; of the pods only proxies do.
  return [
    { direction: "ingress", peers: [{ kind: "cidr", cidr: PROBE_SOURCE[family] }], ports: "all" },
    ...(hasProxies ? [toIstiod] : []),
  ];
}

/** The same flows in an ambient mesh, where pods reach each other by HBONE beside the port they mean. */
export function withHbone(flows: readonly Flow[]): Flow[] {
  return flows.map((flow) =>
    flow.ports !== "all" && flow.peers.some(({ kind }) => kind === "pods")
      ? { ...flow, ports: [...flow.ports, ...tcp(HBONE_PORT)] }
      : flow,
  );
}

import { at, isTrue, text, toNumber, type Value } from "../../values/value";
import { proxyOf } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { Need, NeedEnd, NeedKind } from "./need";

const KUBELET = 10250;
const NODES: NeedEnd = { kind: "nodes" };
const REQUIREMENTS = "EKS User Guide, View Amazon EKS security group requirements for clusters";
const FIREWALL_RULES = "Cilium's documentation, System Requirements, Firewall Rules";

function need(
  kind: NeedKind,
  from: NeedEnd,
  to: NeedEnd,
  port: number,
  why: string,
  source: string,
  protocol: Need["protocol"] = "TCP",
): Need {
  return { kind, from, to, port, protocol, why, source };
}

/** Kubelets and the API server call each other; Prometheus and metrics-server read kubelets. */
export function kubeletNeeds({ platform }: ReachWorld): Need[] {
  const readers = platform.filter(
    ({ facts, pods }) => facts.of === "metrics-server" || isPrometheus(pods.labels),
  );
  return [
    need("kubelet", { kind: "api-server" }, NODES, KUBELET, "logs, exec and port-forward", REQUIREMENTS),
    need("kubelet", NODES, { kind: "api-server" }, 443, "nodes join and watch the API server", REQUIREMENTS),
    ...readers.map(({ pods }) =>
      need(
        "kubelet",
        { kind: "pods", pods },
        NODES,
        KUBELET,
        `${pods.name} reads metrics of kubelets`,
        "kubelet's /metrics at its secure port",
      ),
    ),
  ];
}

function isPrometheus(labels: Readonly<Record<string, unknown>>): boolean {
  return labels["app.kubernetes.io/name"] === "prometheus";
}

const TUNNELS: Readonly<Record<string, number>> = { vxlan: 8472, geneve: 6081 };

/** What Cilium's agents and its datapath send each other. */
export function ciliumNeeds({ releases, platform }: ReachWorld): Need[] {
  const values: Value = releases.find(({ attributes }) => text(attributes.chart).endsWith("cilium"))
    ?.attributes.values;
  if (values === undefined) return [];
  const between = (port: number, why: string, protocol: Need["protocol"]): Need =>
    need("between nodes", NODES, NODES, port, why, FIREWALL_RULES, protocol);
  const isTunnel = text(at(values, "routingMode")) === "tunnel";
  const tunnel = text(at(values, "tunnelProtocol")) || "vxlan";
  const encryption = isTrue(at(values, "encryption", "enabled"))
    ? text(at(values, "encryption", "type"))
    : "";
  const relay = platform.find(({ pods }) => pods.name.endsWith("/hubble-relay"));
  return [
    between(4240, "agents ask each other for their health", "TCP"),
    ...(isTunnel
      ? [between(toNumber(at(values, "tunnelPort")) ?? TUNNELS[tunnel] ?? 8472, "the overlay of pods", "UDP")]
      : []),
    ...(encryption === "wireguard" ? [between(51871, "WireGuard", "UDP")] : []),
    ...(relay === undefined
      ? []
      : [
          need(
            "between nodes",
            { kind: "pods", pods: relay.pods },
            NODES,
            4244,
            "Hubble Relay reads the agents",
            FIREWALL_RULES,
          ),
        ]),
  ];
}

/** A target that is one mesh with this one. */
export interface MeshPeer {
  /** Its workspace. */
  readonly target: string;
  /** Of its VPC. */
  readonly range: string;
}

/** What clusters of one mesh call of each other. */
export function peerNeeds(
  world: ReachWorld,
  peers: readonly MeshPeer[],
  mesh: "istio" | "cilium" | undefined,
): Need[] {
  if (mesh === undefined) return [];
  return peers.flatMap((peer) => (mesh === "cilium" ? clusterMesh(peer) : oneMesh(world, peer)));
}

function clusterMesh(peer: MeshPeer): Need[] {
  const nodes: NeedEnd = { kind: "peer", ...peer, at: "nodes" };
  const balancer: NeedEnd = { kind: "range", range: peer.range };
  return [
    need("mesh", NODES, balancer, 2379, "agents read the peer's services and identities", FIREWALL_RULES),
    need("mesh", NODES, nodes, 4240, "agents ask the peer's for their health", FIREWALL_RULES),
    need("mesh", nodes, NODES, 4240, "the peer's agents ask for the health of these", FIREWALL_RULES),
  ];
}

const ISTIO_PORTS = "Istio, Ports used by Istio";

function oneMesh({ platform, cluster }: ReachWorld, peer: MeshPeer): Need[] {
  const { mesh } = cluster;
  const istiod = platform.find(({ facts }) => facts.of === "istiod");
  const api: NeedEnd = { kind: "peer", ...peer, at: "API server" };
  const proxied = mesh === undefined ? [] : cluster.pods.filter((each) => proxyOf(each, mesh) !== "none");
  return [
    ...(istiod === undefined
      ? []
      : [
          need(
            "mesh",
            { kind: "pods", pods: istiod.pods },
            api,
            443,
            "istiod reads the peer's API server",
            ISTIO_PORTS,
          ),
        ]),
    ...proxied.map((pods): Need => ({
      ...need(
        "mesh",
        { kind: "pods", pods },
        { kind: "range", range: peer.range },
        15443,
        `${pods.name} calls services of the peer by its east-west gateway`,
        ISTIO_PORTS,
      ),
      byProxy: true,
    })),
  ];
}

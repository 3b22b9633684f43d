import { formatCidr } from "../ip-capacity/cidr";
import { vpcCidrsOf } from "./subnets";
import type { Target } from "./target";

type Meshed = Pick<Target, "config" | "peers">;

/** Targets that are one mesh with this one. A peer without a connection is refused by `meshPeerCheck`. */
export function meshPeers({ config, peers }: Meshed): readonly Target[] {
  const names = meshPeerNames(config.mesh);
  return peers.filter(({ name }) => names.includes(name));
}

/** IPv4 ranges of their VPCs. */
export function meshPeerCidrs(target: Meshed): string[] {
  return meshPeers(target).flatMap(({ config }) => vpcCidrsOf(config.network).map(formatCidr));
}

export function meshPeerNames(mesh: Target["config"]["mesh"]): readonly string[] {
  return mesh !== undefined && "peers" in mesh ? mesh.peers : [];
}

/** Whether peers get the token for reading this cluster by Terraform's states, and not by External Secrets. */
export function handsTokenByState(mesh: Target["config"]["mesh"]): boolean {
  return mesh?.kind === "istio" && mesh.tokenExchange.kind === "terraform-state";
}

/** IPv4 ranges of VPCs whose istiod reads this cluster by its Kubernetes API. Cilium has a state of its own for that. */
export function apiReaderCidrs(target: Meshed): string[] {
  return target.config.mesh?.kind === "istio" ? meshPeerCidrs(target) : [];
}

/**
 * Ports of an east-west gateway, which peers call: mutual TLS between workloads, a peer's proxies to istiod, webhooks, and
 * the gateway's state (Istio, "Install Multi-Primary on different networks").
 */
const EAST_WEST_PORTS = [15012, 15017, 15021, 15443] as const;

/** What a target lets a peer call on its nodes and pods: what its config says, and what a common mesh takes. */
export function allowedFrom(target: Target, peer: Target): readonly PeerPort[] {
  const { allowFromPeers } = target.config.network.connections;
  // What Cilium's mesh takes, each mesh stack opens on its own side: that needs no peering by the platform.
  if (target.config.mesh?.kind !== "istio" || !meshPeerNames(target.config.mesh).includes(peer.name))
    return allowFromPeers;
  const isNew = (port: number) =>
    !allowFromPeers.some((each) => each.protocol === "tcp" && each.port === port);
  return [
    ...allowFromPeers,
    ...EAST_WEST_PORTS.filter(isNew).map((port) => ({ protocol: "tcp" as const, port })),
  ];
}

interface PeerPort {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

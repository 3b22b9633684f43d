import { EAST_WEST_PORTS } from "../components/istio/flows";
import { type Cidr, formatCidr } from "../ip-capacity/cidr";
import type { TargetConfig } from "../config/schema/target";
import type { GivenTarget } from "./given-target";

/** The mesh of a target, as far as its peers are read (mesh.ts). */
interface Meshed {
  readonly mesh: {
    readonly istio?: { readonly kind: string };
    readonly peerNames: readonly string[];
    readonly peers: readonly { readonly vpcCidrs: readonly Cidr[] }[];
  };
}

export function meshPeerNames(mesh: TargetConfig["mesh"]): readonly string[] {
  return mesh !== undefined && "peers" in mesh ? mesh.peers : [];
}

/** Whether peers get the token for reading this cluster by Terraform's states, and not by External Secrets. */
export function handsTokenByState(mesh: TargetConfig["mesh"]): boolean {
  return mesh?.kind === "istio" && mesh.tokenExchange.kind === "terraform-state";
}

/** IPv4 ranges of the VPCs of the mesh's peers. */
export function meshPeerCidrs({ mesh }: Meshed): string[] {
  return mesh.peers.flatMap(({ vpcCidrs }) => vpcCidrs.map(formatCidr));
}

/** IPv4 ranges of VPCs whose istiod reads this cluster by its Kubernetes API. Cilium has a state of its own for that. */
export function apiReaderCidrs(target: Meshed): string[] {
  return target.mesh.istio?.kind === "istio" ? meshPeerCidrs(target) : [];
}

/** What a target lets a peer call on its nodes and pods: what its config says, and what a common mesh takes. */
export function allowedFrom(
  target: Meshed & Pick<GivenTarget, "config">,
  peer: Pick<GivenTarget, "name">,
): readonly PeerPort[] {
  const { allowFromPeers } = target.config.network.connections;
  // What Cilium's mesh takes, each mesh stack opens on its own side: that needs no peering by the platform.
  if (target.mesh.istio?.kind !== "istio" || !target.mesh.peerNames.includes(peer.name))
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

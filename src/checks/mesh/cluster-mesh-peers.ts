import { formatCidr, overlaps } from "../../ip-capacity/cidr";
import type { ClusterMeshConfig } from "../../config/schema/mesh";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding } from "../finding";

/** What tells two clusters of Cilium's mesh apart, and what of Cilium they have in common. */
export function clusterMeshPeerFindings(
  target: Target,
  mesh: ClusterMeshConfig,
  peer: Target,
  other: ClusterMeshConfig,
): Finding[] {
  return [
    ...(mesh.clusterId === other.clusterId
      ? [
          {
            path: ["mesh", "clusterId"],
            message: `is also the cluster id of its peer ${peer.name}; write another`,
          },
        ]
      : []),
    ...rangeFindings(target, peer),
    ...dataPathFindings(target, peer),
  ];
}

/** Pods call each other by their own addresses. VPC ranges are for `fleetRangeCheck`. */
function rangeFindings({ config }: Target, peer: Target): Finding[] {
  const { cni } = config;
  if (cni.kind !== "cilium-overlay") return [];
  const others = [
    ...(peer.config.cni.kind === "cilium-overlay"
      ? [{ label: "pod range", cidr: peer.config.cni.podCidr }]
      : []),
    { label: "service range", cidr: peer.config.cluster.serviceCidr },
  ];
  return others
    .filter(({ cidr }) => overlaps(cni.podCidr, cidr))
    .map(({ label, cidr }) => ({
      path: ["cni", "podCidr"],
      value: formatCidr(cni.podCidr),
      message: `overlaps the ${label} ${formatCidr(cidr)} of ${peer.name}, its peer in Cilium's mesh, whose pods call these by address; write a free range`,
    }));
}

/** Packets leave one cluster as the other expects them. */
function dataPathFindings({ config: { cni } }: Target, peer: Target): Finding[] {
  const theirs = peer.config.cni;
  const differs = (key: string, own: string, other: string): Finding[] => {
    const path: ConfigPath = ["cni", key];
    const message = `differs from ${other} of ${peer.name}, its peer in Cilium's mesh, whose packets it would not understand; write the same in both`;
    return own === other ? [] : [{ path, value: own, message }];
  };
  if (cni.kind !== theirs.kind) return differs("kind", cni.kind, theirs.kind);
  return [
    ...("encryption" in cni && "encryption" in theirs
      ? differs("encryption", cni.encryption, theirs.encryption)
      : []),
    ...(cni.kind === "cilium-overlay" && theirs.kind === "cilium-overlay"
      ? differs("tunnel", cni.tunnel, theirs.tunnel)
      : []),
  ];
}

import { clusterMeshCheck } from "../checks/mesh/cluster-mesh";
import { meshCheck } from "../checks/mesh/mesh";
import { meshPeerCheck } from "../checks/mesh/mesh-peers";
import { meshNetwork } from "../model/mesh";
import { formatPath } from "../config/read/source-node";
import type { Fleet, Target } from "../model/target";

export interface MeshCluster {
  readonly target: string;
  readonly cluster: string;
  /** Istio's network; with Cilium the cluster's id. */
  readonly network: string;
  readonly dataPlane: "istio" | "istio-ambient" | "cilium";
  /** Version of Istio or of Cilium. */
  readonly version: string;
  /** Encryption between workloads: Istio's mutual TLS, or Cilium's between nodes. */
  readonly encryption: "strict" | "permissive" | "wireguard" | "none";
}

/** Two clusters of which at least one names the other. */
export interface MeshLink {
  readonly between: readonly [string, string];
  /** What leads from one to the other; none where they are not connected. */
  readonly via: string;
}

export interface MeshPicture {
  readonly id: string;
  /** Of Istio; none with Cilium. */
  readonly trustDomains: readonly string[];
  readonly clusters: readonly MeshCluster[];
  readonly links: readonly MeshLink[];
  /** What keeps it from being one mesh, as `target: where: what`. */
  readonly missing: readonly string[];
}

/** The meshes of a fleet by id, each with its clusters, what connects them and what is missing. */
export function meshPictures(fleet: Fleet): MeshPicture[] {
  const meshed = fleet.targets.filter(({ config }) => config.mesh !== undefined);
  const ids = [...new Set(meshed.flatMap(({ config }) => config.mesh?.id ?? []))].sort();
  const findings = [
    ...meshed.flatMap((target) =>
      [...meshCheck(target), ...clusterMeshCheck(target)].map((finding) => ({ target, finding })),
    ),
    ...meshPeerCheck(fleet),
  ];
  return ids.map((id) => {
    const members = meshed.filter(({ config }) => config.mesh?.id === id);
    return {
      id,
      trustDomains: [...new Set(members.flatMap(({ mesh }) => mesh.istio?.trustDomain ?? []))].sort(),
      clusters: members.flatMap(clusterOf),
      links: linksOf(members, fleet),
      missing: findings
        .filter(({ target }) => members.includes(target))
        .map(({ target, finding }) => `${target.name}: ${formatPath(finding.path)}: ${finding.message}`),
    };
  });
}

function clusterOf(target: Target): MeshCluster[] {
  const { mesh, cni } = target.config;
  if (mesh === undefined) return [];
  const { charts } = target.release;
  const shared = { target: target.name, cluster: target.clusterName, dataPlane: mesh.kind };
  if (mesh.kind === "cilium") {
    const encryption = "encryption" in cni ? cni.encryption : "none";
    return [{ ...shared, network: `id ${mesh.clusterId}`, version: charts.cilium.version, encryption }];
  }
  return [
    {
      ...shared,
      network: meshNetwork(target, mesh),
      version: charts.istiod.version,
      encryption: mesh.mtls.mode,
    },
  ];
}

function linksOf(members: readonly Target[], { targets }: Fleet): MeshLink[] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const pairs = new Map<string, MeshLink>();
  for (const target of members) {
    for (const name of target.mesh.peerNames) {
      const [a, b] = [target.name, name].sort();
      if (a === undefined || b === undefined || a === b) continue;
      pairs.set(`${a} ${b}`, { between: [a, b], via: via(byName.get(a), byName.get(b)) });
    }
  }
  return [...pairs.values()].sort((x, y) => (x.between.join(" ") < y.between.join(" ") ? -1 : 1));
}

function via(a: Target | undefined, b: Target | undefined): string {
  if (a === undefined || b === undefined) return "none";
  const named = [a.config, b.config].map(({ network }) => network.connections);
  const isMutual = named[0]?.peers.includes(b.name) && named[1]?.peers.includes(a.name);
  return isMutual ? [...new Set(named.map(({ peersVia }) => peersVia))].sort().join(", ") : "none";
}

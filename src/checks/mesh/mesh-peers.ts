import { notOneOf } from "../../text/nearest";
import { minorsBetween } from "../../text/versions";
import { meshNetwork } from "../../model/mesh";
import type { MeshConfig } from "../../config/schema/mesh";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import { clusterMeshPeerFindings } from "./cluster-mesh-peers";
import type { Finding, FleetCheck } from "../finding";

type SidecarMesh = Extract<MeshConfig, { kind: "istio" }>;

/** Peers of a mesh name each other, are connected, and agree on what one mesh has in common. */
export const meshPeerCheck: FleetCheck = ({ targets }) => {
  const byName = new Map(targets.map((target) => [target.name, target]));
  return targets.flatMap((target) =>
    target.mesh.peerNames.flatMap((name, index) =>
      peerFindings(target, name, byName, ["mesh", "peers", index]).map((finding) => ({ target, finding })),
    ),
  );
};

function peerFindings(
  target: Target,
  name: string,
  byName: ReadonlyMap<string, Target>,
  path: ConfigPath,
): Finding[] {
  const { mesh } = target.config;
  const peer = byName.get(name);
  if (mesh === undefined) return [];
  if (name === target.name) return [{ path, message: "is this target itself; remove it" }];
  if (peer === undefined) return [{ path, message: notOneOf(name, "a target", [...byName.keys()]) }];
  const other = peer.config.mesh;
  if (other?.kind !== mesh.kind) {
    return [
      { path, message: `has no mesh of kind ${mesh.kind}; write one in ${peer.file}, or remove it here` },
    ];
  }
  return [
    ...(peer.mesh.peerNames.includes(target.name)
      ? []
      : [{ path, message: `does not name ${target.name} back; add it to mesh.peers in ${peer.file}` }]),
    ...(target.config.network.connections.peers.includes(name)
      ? []
      : [
          {
            path,
            message: "is not connected with this target; add it to network.connections.peers of both",
            related: [["network", "connections", "peers"]],
          },
        ]),
    ...sameFindings(mesh, peer, other),
    ...(mesh.kind === "istio" && other.kind === "istio" ? istioFindings(target, mesh, peer, other) : []),
    ...(mesh.kind === "cilium" && other.kind === "cilium"
      ? clusterMeshPeerFindings(target, mesh, peer, other)
      : []),
    ...nameFindings(target, peer),
    ...versionFindings(target, peer, mesh.kind === "cilium" ? "cilium" : "istiod"),
  ];
}

function differs(
  { name, file }: Target,
  path: ConfigPath,
  own: string,
  theirs: string,
  what: string,
): Finding[] {
  if (own === theirs) return [];
  return [{ path, value: own, message: `differs from ${theirs} of its peer ${name} in ${file}; ${what}` }];
}

/** What all clusters of a mesh share. */
function sameFindings(mesh: MeshConfig, peer: Target, other: MeshConfig): Finding[] {
  return [
    ...differs(peer, ["mesh", "id"], mesh.id, other.id, "write the same mesh id in both"),
    ...authorityFindings(mesh, peer, other),
  ];
}

function authorityFindings(
  { certificateAuthority: own }: MeshConfig,
  peer: Target,
  { certificateAuthority: theirs }: MeshConfig,
): Finding[] {
  const path = ["mesh", "certificateAuthority"];
  const remedy = "write the same CA in both, so that each trusts the other's workloads";
  if (own === undefined || theirs === undefined) return [];
  if (own.kind === "aws-private-ca" && theirs.kind === "aws-private-ca")
    return differs(peer, [...path, "arn"], own.arn, theirs.arn, remedy);
  if (own.kind === "secrets-manager" && theirs.kind === "secrets-manager")
    return differs(peer, [...path, "secret", "name"], own.secret.name, theirs.secret.name, remedy);
  return differs(peer, [...path, "kind"], own.kind, theirs.kind, remedy);
}

function istioFindings(target: Target, mesh: SidecarMesh, peer: Target, other: SidecarMesh): Finding[] {
  const network = meshNetwork(target, mesh);
  return [
    ...differs(
      peer,
      ["mesh", "trustDomain"],
      mesh.trustDomain,
      other.trustDomain,
      "write the same trust domain in both",
    ),
    ...differs(
      peer,
      ["mesh", "tokenExchange"],
      mesh.tokenExchange.kind,
      other.tokenExchange.kind,
      "write the same exchange in both",
    ),
    ...(network === meshNetwork(peer, other)
      ? [
          {
            path: ["mesh", "network"],
            value: network,
            message: `is also the network of its peer ${peer.name}, and pods of two VPCs don't reach each other; write another`,
          },
        ]
      : []),
  ];
}

/** Clusters of a mesh are told apart by their names. */
function nameFindings(target: Target, peer: Target): Finding[] {
  if (target.clusterName !== peer.clusterName) return [];
  return [
    {
      path: ["cluster", "name"],
      value: target.clusterName,
      message: `is also the cluster name of its mesh peer ${peer.name}; write another cluster.name`,
    },
  ];
}

/**
 * Upgrades go one minor at a time (Istio, "Supported releases"; Cilium tests meshes of consecutive minors only,
 * cilium/cilium tests-clustermesh-upgrade.yaml), so peers are one apart at most, and for a while.
 */
function versionFindings(target: Target, peer: Target, chart: "cilium" | "istiod"): Finding[] {
  const own = target.release.charts[chart].version;
  const theirs = peer.release.charts[chart].version;
  if (Math.abs(minorsBetween(own, theirs)) <= 1) return [];
  const product = chart === "cilium" ? "Cilium" : "Istio";
  return [
    {
      path: ["mesh", "peers"],
      value: peer.name,
      message: `has ${product} ${theirs}, and this target ${own}: more than one minor apart; write releases that are nearer`,
      related: [["release"]],
    },
  ];
}

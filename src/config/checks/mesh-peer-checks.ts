import { minorOf } from "../../releases/version-range";
import { meshNetwork } from "../mesh";
import { meshPeerNames } from "../mesh-peers";
import type { MeshConfig } from "../schema/mesh";
import type { ConfigPath } from "../source-node";
import type { Target } from "../target";
import type { Finding, FleetCheck } from "./finding";

type SidecarMesh = Extract<MeshConfig, { kind: "istio" }>;

/** Peers of a mesh name each other, are connected, and agree on what one mesh has in common. */
export const meshPeerCheck: FleetCheck = ({ targets }) => {
  const byName = new Map(targets.map((target) => [target.name, target]));
  return targets.flatMap((target) =>
    meshPeerNames(target.config.mesh).flatMap((name, index) =>
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
  if (mesh?.kind !== "istio") return [];
  if (name === target.name) return [{ path, message: "is this target itself; remove it" }];
  if (peer === undefined) return [{ path, message: `is no target; known: ${[...byName.keys()].join(", ")}` }];
  const other = peer.config.mesh;
  if (other?.kind !== "istio") {
    return [{ path, message: `has no mesh of kind istio; write one in ${peer.file}, or remove it here` }];
  }
  return [
    ...(meshPeerNames(other).includes(target.name)
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
    ...apartFindings(target, mesh, peer, other),
    ...versionFindings(target, peer),
  ];
}

/** What all clusters of a mesh share. */
function sameFindings(mesh: SidecarMesh, { name, file }: Target, other: SidecarMesh): Finding[] {
  const differs = (path: ConfigPath, own: string, theirs: string, what: string): Finding[] =>
    own === theirs
      ? []
      : [{ path, value: own, message: `differs from ${theirs} of its peer ${name} in ${file}; ${what}` }];
  return [
    ...differs(["mesh", "id"], mesh.id, other.id, "write the same mesh id in both"),
    ...differs(
      ["mesh", "trustDomain"],
      mesh.trustDomain,
      other.trustDomain,
      "write the same trust domain in both",
    ),
    ...(mesh.certificateAuthority && other.certificateAuthority
      ? differs(
          ["mesh", "certificateAuthority", "arn"],
          mesh.certificateAuthority.arn,
          other.certificateAuthority.arn,
          "write the same CA in both, so that each trusts the other's workloads",
        )
      : []),
  ];
}

/** What tells clusters of a mesh apart. */
function apartFindings(target: Target, mesh: SidecarMesh, peer: Target, other: SidecarMesh): Finding[] {
  const network = meshNetwork(target, mesh);
  return [
    ...(network === meshNetwork(peer, other)
      ? [
          {
            path: ["mesh", "network"],
            value: network,
            message: `is the network of its peer ${peer.name} too, and pods of two VPCs don't reach each other; write another`,
          },
        ]
      : []),
    ...(target.clusterName === peer.clusterName
      ? [
          {
            path: ["cluster", "name"],
            value: target.clusterName,
            message: `is the cluster name of its mesh peer ${peer.name} too; write another cluster.name`,
          },
        ]
      : []),
  ];
}

/** Upgrades go one minor at a time (Istio, "Supported releases"), so peers are one apart at most, and for a while. */
function versionFindings(target: Target, peer: Target): Finding[] {
  const [own, theirs] = [target, peer].map(({ release }) => release.charts.istiod.version);
  if (own === undefined || theirs === undefined || Math.abs(minor(own) - minor(theirs)) <= 1) return [];
  return [
    {
      path: ["mesh", "peers"],
      value: peer.name,
      message: `has Istio ${theirs}, and this target ${own}: more than one minor apart; write releases that are nearer`,
      related: [["release"]],
    },
  ];
}

function minor(version: string): number {
  return Number(minorOf(version).split(".")[1]);
}

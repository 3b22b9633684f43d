import { handsTokenByState } from "../../model/mesh-peers";
import type { IstioConfig } from "../../config/schema/mesh";
import type { Target } from "../../model/target";
import { ingressGatewaysOf } from "../../model/ingress-gateways";
import type { Finding, TargetCheck } from "../finding";
import { ingressGatewayFindings } from "./ingress-gateways";
import { istioOptionFindings } from "./istio-options";
import { authorityFindings } from "./mesh-authority";

const ISTIO_NAMESPACE = "istio-system";

/** Istio's mesh; Cilium's is for `clusterMeshCheck`. */
export const meshCheck: TargetCheck = (target): Finding[] => {
  const { config } = target;
  const { ingress, cni, network, cluster, secrets } = config;
  const mesh = target.mesh.istio;
  if (mesh === undefined) return [];
  const { controlPlane, defaultDeny, allow, certificateAuthority } = mesh;
  const peers = target.mesh.peerNames;
  const ranges = [
    { path: ["mesh", "controlPlane", "replicas"], range: controlPlane.replicas },
    ...ingressGatewaysOf(mesh).map(({ path, replicas }) => ({
      path: [...path, "replicas"],
      range: replicas,
    })),
  ];
  return [
    ...(mesh.kind === "istio-ambient" && cni.kind === "cilium-overlay"
      ? [
          {
            path: ["mesh", "kind"],
            message:
              "has webhooks that the control plane calls, and it reaches no pod of an overlay; write cni.kind: cilium-eni",
            related: [["cni", "kind"]],
          },
        ]
      : []),
    ...ingressGatewaysOf(mesh).flatMap((gateway) => ingressGatewayFindings(target, gateway)),
    ...authorityFindings(config, certificateAuthority, ISTIO_NAMESPACE),
    ...(peers.length > 0 && ingress === undefined
      ? [
          {
            path: ["mesh", "peers"],
            message:
              "call this target through a load balancer, which the AWS Load Balancer Controller makes; write ingress too",
            related: [["ingress"]],
          },
        ]
      : []),
    ...(peers.length > 0 && certificateAuthority === undefined
      ? [
          {
            path: ["mesh", "peers"],
            message:
              "would not trust this target's workloads; write mesh.certificateAuthority, the same in all of them",
            related: [["mesh", "certificateAuthority"]],
          },
        ]
      : []),
    ...(peers.length > 0 && !handsTokenByState(mesh) && (secrets === undefined || secrets.delivery === "csi")
      ? [
          {
            path: ["mesh", "peers"],
            message:
              "read this cluster by a token that External Secrets hands over; write secrets: {} too, or delivery: both",
            related: [["secrets"]],
          },
        ]
      : []),
    ...(peers.length > 0 && network.ipv6.mode === "ipv6"
      ? [
          {
            path: ["mesh", "peers"],
            message:
              "are reached over IPv4, and pods of this target have IPv6 addresses only; remove them, or write another network.ipv6.mode",
            related: [["network", "ipv6", "mode"]],
          },
        ]
      : []),
    ...(peers.length > 0 && cluster.endpoint.kind !== "private"
      ? [
          {
            path: ["mesh", "peers"],
            message:
              "would find the API server's public address, which lets nobody in by the VPC's; write cluster.endpoint: { kind: private }",
            related: [["cluster", "endpoint"]],
          },
        ]
      : []),
    ...failoverFindings(mesh, target),
    ...istioOptionFindings(target, mesh),
    ...(!defaultDeny.enabled && Object.keys(allow).length > 0
      ? [
          {
            path: ["mesh", "allow"],
            message:
              "would close the namespaces it names to all others, though defaultDeny is off; remove one of them",
            related: [["mesh", "defaultDeny"]],
          },
        ]
      : []),
    ...ranges
      .filter(({ range }) => range.min > range.max)
      .map(({ path, range }) => ({
        path: [...path, "max"],
        value: String(range.max),
        message: `is below the minimum, ${range.min}; write ${range.min} or more`,
        related: [[...path, "min"]],
      })),
  ];
};

/** Regions are those of the mesh; another is never failed over from or to. */
function failoverFindings(mesh: IstioConfig, { region, mesh: { peers } }: Target): Finding[] {
  if (mesh.kind !== "istio") return [];
  const regions = new Set([region, ...peers.map((peer) => peer.region)]);
  return Object.entries(mesh.failover).flatMap(([from, to]) =>
    [from, to]
      .filter((each) => !regions.has(each))
      .slice(0, 1)
      .map((each) => ({
        path: ["mesh", "failover", from],
        message: `names ${each}, where this mesh has no cluster; it has ${[...regions].sort().join(", ")}`,
        related: [["mesh", "peers"]],
      })),
  );
}

import { compareVersions } from "../../text/versions";
import type { Finding, TargetCheck } from "../finding";
import { authorityFindings } from "./mesh-authority";

/** The namespace that Cilium runs in, and its CA with it. */
const CILIUM_NAMESPACE = "kube-system";
/** Higher ones fail where packets keep their marks, as in ENI mode (cilium/cilium chart 1.18 to 1.20, validate.yaml). */
const LAST_ENI_CLUSTER_ID = 127;
/** First with kinds of its own for the Multi-Cluster Services API (`clustermesh.mcsapi` of the chart). */
const FIRST_WITH_MCS_API = "1.19";

/** Cilium's mesh, within one target. */
export const clusterMeshCheck: TargetCheck = ({ config, release, mesh: { cilium: mesh } }): Finding[] => {
  if (mesh === undefined) return [];
  const { cni, ingress, identity, network } = config;
  const version = release.charts.cilium.version;
  return [
    ...(cni.kind === "cilium-eni" || cni.kind === "cilium-overlay"
      ? []
      : [
          {
            path: ["mesh", "kind"],
            message: `is Cilium's own load balancing over clusters, which cni.kind ${cni.kind} leaves to kube-proxy; write cni.kind: cilium-eni or cilium-overlay, or mesh.kind: istio`,
            related: [["cni", "kind"]],
          },
        ]),
    ...(cni.kind === "cilium-eni" && mesh.clusterId > LAST_ENI_CLUSTER_ID
      ? [
          {
            path: ["mesh", "clusterId"],
            message: `fails with cilium-eni, whose packets carry the id in a mark that 128 and more don't fit in; write 1 to ${LAST_ENI_CLUSTER_ID}`,
            related: [["cni", "kind"]],
          },
        ]
      : []),
    ...(ingress === undefined
      ? [
          {
            path: ["mesh", "kind"],
            message:
              "needs the AWS Load Balancer Controller, which keeps the targets of the load balancer that peers call; write ingress too",
            related: [["ingress"]],
          },
        ]
      : []),
    ...(mesh.certificateAuthority.kind === "secrets-manager" && ingress?.certificates === undefined
      ? [
          {
            path: ["mesh", "certificateAuthority"],
            message: "needs cert-manager, which signs with it; write ingress.certificates: { email } too",
            related: [["ingress"]],
          },
        ]
      : []),
    ...authorityFindings(config, mesh.certificateAuthority, CILIUM_NAMESPACE),
    ...(identity?.kind === "cilium"
      ? [
          {
            path: ["mesh", "kind"],
            message:
              "does not work with Cilium's mutual authentication, which knows identities of its own cluster only; write identity.kind: spire, or remove one of them",
            related: [["identity", "kind"]],
          },
        ]
      : []),
    ...(network.ipv6.mode === "ipv6"
      ? [
          {
            path: ["mesh", "kind"],
            message:
              "is reached over IPv4, and pods of this target have IPv6 addresses only; remove it, or write another network.ipv6.mode",
            related: [["network", "ipv6", "mode"]],
          },
        ]
      : []),
    ...(mesh.mcsApi && compareVersions(version, FIRST_WITH_MCS_API) < 0
      ? [
          {
            path: ["mesh", "mcsApi"],
            message: `needs Cilium ${FIRST_WITH_MCS_API}, which brings the API's kinds, and the release has ${version}; remove it, or write a later release`,
            related: [["release"]],
          },
        ]
      : []),
  ];
};

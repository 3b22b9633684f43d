import type { Finding, TargetCheck } from "./finding";

export const meshCheck: TargetCheck = ({ config: { mesh, ingress, cni, network } }): Finding[] => {
  if (mesh === undefined) return [];
  const { controlPlane, ingressGateway, defaultDeny, allow, certificateAuthority } = mesh;
  const ranges = [
    { path: ["mesh", "controlPlane", "replicas"], range: controlPlane.replicas },
    ...(ingressGateway
      ? [{ path: ["mesh", "ingressGateway", "replicas"], range: ingressGateway.replicas }]
      : []),
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
    ...(ingressGateway !== undefined && ingress === undefined
      ? [
          {
            path: ["mesh", "ingressGateway"],
            message:
              "needs the AWS Load Balancer Controller for its load balancer; write ingress: {} too, or remove it",
            related: [["ingress"]],
          },
        ]
      : []),
    ...(certificateAuthority !== undefined && ingress?.certificates === undefined
      ? [
          {
            path: ["mesh", "certificateAuthority"],
            message:
              "needs cert-manager, which makes the cluster's key; write ingress.certificates: { email } too",
            related: [["ingress"]],
          },
        ]
      : []),
    ...(certificateAuthority !== undefined &&
    network.egress.kind === "none" &&
    !network.endpoints.additional.includes("acm-pca")
      ? [
          {
            path: ["mesh", "certificateAuthority"],
            message:
              "is not reached without egress; write acm-pca in network.endpoints.additional, and a CA of this region",
            related: [["network", "endpoints", "additional"]],
          },
        ]
      : []),
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
        message: `is less than the least, ${range.min}; write ${range.min} or more`,
        related: [[...path, "min"]],
      })),
  ];
};

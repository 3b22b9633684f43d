import type { Finding, TargetCheck } from "./finding";

const LOCALITY = ["topology.kubernetes.io/region", "topology.kubernetes.io/zone"];

/**
 * Region and zone of a node are labels that EKS sets from where its instance runs, on nodes of every kind (Kubernetes,
 * "Well-Known Labels", `topology.kubernetes.io/zone`: set by the kubelet or the cloud's controller). Spread, volumes and
 * Istio's failover go by them, so nobody writes them; for Karpenter's pools the schema refuses them already.
 */
export const localityLabelCheck: TargetCheck = ({ config: { nodes } }): Finding[] =>
  Object.entries(nodes).flatMap(([name, { labels }]) =>
    LOCALITY.filter((label) => label in labels).map((label) => ({
      path: ["nodes", name, "labels", label],
      message: "is set by EKS from where the node runs, and spread and failover go by it; remove it",
    })),
  );

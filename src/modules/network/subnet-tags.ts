import type { Tier } from "./tier";

export type Tags = Record<string, string>;

/** Tag by which Cilium finds the pods' own subnets. */
export const POD_SUBNET_TAG = "octarine/pods";

/** Tag of the nodes' subnets alone: Karpenter's, and Cilium's where pods share them. */
export const NODE_SUBNET_TAG = "karpenter.sh/discovery";

/**
 * Tags that controllers find subnets by. Load balancers: EKS User Guide, "Subnet tagging". Only nodes carry Karpenter's
 * tag: with it on pod subnets too, Karpenter would launch nodes there.
 */
export function tierTags(tier: Tier, clusterName: string): Tags {
  const shared = { [`kubernetes.io/cluster/${clusterName}`]: "shared" };
  switch (tier) {
    case "public":
      return { ...shared, "kubernetes.io/role/elb": "1" };
    case "nodes":
      return { ...shared, "kubernetes.io/role/internal-elb": "1", [NODE_SUBNET_TAG]: clusterName };
    case "pods":
      return { [POD_SUBNET_TAG]: clusterName };
    case "controlPlane":
    case "firewall":
    case "transitGateway":
      return {};
  }
}

/**
 * Of a zone on its way out: load balancers no longer find its subnets. Karpenter is told its zones by its pools, since Cilium
 * finds subnets by the same tag, for nodes that still run.
 */
export function retiringTags(tier: Tier, clusterName: string): Tags {
  const found = ["kubernetes.io/role/elb", "kubernetes.io/role/internal-elb"];
  return Object.fromEntries(
    Object.entries(tierTags(tier, clusterName)).filter(([tag]) => !found.includes(tag)),
  );
}

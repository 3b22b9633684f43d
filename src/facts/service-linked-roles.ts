/** A role that an AWS service works by in an account. There is one for the whole account, in every region. */
export interface ServiceLinkedRole {
  /** Service principal, which is what creates it. */
  readonly service: string;
  readonly roleName: string;
  readonly neededFor: string;
}

export const serviceLinkedRoleNames = [
  "autoscaling",
  "eks",
  "eks-nodegroup",
  "elasticloadbalancing",
  "network-firewall",
  "spot",
  "transitgateway",
] as const;

export type ServiceLinkedRoleName = (typeof serviceLinkedRoleNames)[number];

/**
 * Service-linked roles that a cluster with managed nodes, Karpenter and load balancers relies on.
 *
 * Sources: EKS User Guide, "Using service-linked roles for Amazon EKS" (clusters, node groups); EC2 Auto Scaling User
 * Guide and EC2 User Guide ("Service-linked role for Spot Instance requests"); Elastic Load Balancing User Guide;
 * Network Firewall Developer Guide and Transit Gateway guide ("Service-linked roles").
 */
export const serviceLinkedRoles: Readonly<Record<ServiceLinkedRoleName, ServiceLinkedRole>> = {
  autoscaling: {
    service: "autoscaling.amazonaws.com",
    roleName: "AWSServiceRoleForAutoScaling",
    neededFor: "node groups; the volume key's policy names it, so it must exist before the cluster",
  },
  eks: {
    service: "eks.amazonaws.com",
    roleName: "AWSServiceRoleForAmazonEKS",
    neededFor: "control planes",
  },
  "eks-nodegroup": {
    service: "eks-nodegroup.amazonaws.com",
    roleName: "AWSServiceRoleForAmazonEKSNodegroup",
    neededFor: "managed node groups",
  },
  elasticloadbalancing: {
    service: "elasticloadbalancing.amazonaws.com",
    roleName: "AWSServiceRoleForElasticLoadBalancing",
    neededFor: "load balancers",
  },
  "network-firewall": {
    service: "network-firewall.amazonaws.com",
    roleName: "AWSServiceRoleForNetworkFirewall",
    neededFor: "egress through a firewall",
  },
  spot: {
    service: "spot.amazonaws.com",
    roleName: "AWSServiceRoleForEC2Spot",
    neededFor: "spot nodes; Karpenter can't make it",
  },
  transitgateway: {
    service: "transitgateway.amazonaws.com",
    roleName: "AWSServiceRoleForVPCTransitGateway",
    neededFor: "attachments to transit gateways",
  },
};

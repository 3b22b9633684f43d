/**
 * Zones where EKS has no control planes, by region: CreateCluster refuses their subnets
 * (UnsupportedAvailabilityZoneException). By id, for an account's names stand for other zones than the next one's.
 *
 * Source: Amazon EKS User Guide, "View Amazon EKS networking requirements for VPC and subnets", subnet requirements;
 * the same three in eksctl-io/eksctl, pkg/az/az.go.
 */
export const zonesWithoutControlPlane: Readonly<Record<string, readonly string[]>> = {
  "us-east-1": ["use1-az3"],
  "us-west-1": ["usw1-az2"],
  "ca-central-1": ["cac1-az3"],
};

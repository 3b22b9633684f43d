/** A quota of an AWS account, as it is before anyone asks for more. */
export interface AwsQuota {
  readonly name: string;
  /** Quota code for Service Quotas; undefined where none is known here. */
  readonly code?: string;
  readonly default: number;
  readonly scope: "region" | "zone" | "vpc" | "route-table" | "security-group" | "network-interface";
  /** The most it can be raised to, where AWS says so. */
  readonly maximum?: number;
  readonly source: string;
}

const vpcGuide = "Amazon VPC User Guide, Amazon VPC quotas (text of 2026-09-26)";
const eksGuide = "Amazon EKS Best Practices Guide, Known Limits and Service Quotas";

/**
 * Quotas a cluster's network comes up against. Many accounts have more than the default; what an account has is in
 * Service Quotas, and only its owner can say it.
 */
export const awsQuotas = {
  networkInterfaces: {
    name: "network interfaces",
    code: "L-DF5E4CA3",
    // The quota is named "per Region", and AWS enforces it in each zone.
    default: 5000,
    scope: "zone",
    source: vpcGuide,
  },
  elasticIps: {
    name: "Elastic IP addresses",
    code: "L-0263D0A3",
    default: 5,
    scope: "region",
    source: vpcGuide,
  },
  natGateways: {
    name: "NAT gateways",
    code: "L-FE5A380F",
    default: 5,
    scope: "zone",
    source: vpcGuide,
  },
  routes: {
    name: "routes (not propagated)",
    code: "L-93826ACB",
    // The EKS Best Practices Guide still says 50, the default of earlier years.
    default: 500,
    maximum: 1000,
    scope: "route-table",
    source: vpcGuide,
  },
  securityGroupRules: {
    name: "security group rules in one direction",
    code: "L-0EA8095F",
    default: 60,
    scope: "security-group",
    source: vpcGuide,
  },
  securityGroupsPerInterface: {
    name: "security groups",
    code: "L-2AFB9258",
    default: 5,
    maximum: 16,
    scope: "network-interface",
    source: vpcGuide,
  },
  cidrBlocks: {
    name: "IPv4 CIDR blocks",
    code: "L-83CA0A9D",
    default: 5,
    maximum: 50,
    scope: "vpc",
    source: vpcGuide,
  },
  subnets: {
    name: "subnets",
    code: "L-407747CB",
    default: 200,
    scope: "vpc",
    source: vpcGuide,
  },
  networkAddressUsage: {
    name: "network address usage units",
    code: "L-BB24F6E5",
    default: 64000,
    maximum: 256000,
    scope: "vpc",
    source: vpcGuide,
  },
  vcpusOnDemand: {
    name: "on-demand vCPUs (A, C, D, H, I, M, R, T, Z)",
    code: "L-1216C47A",
    default: 5,
    scope: "region",
    source: eksGuide,
  },
  vcpusSpot: {
    name: "Spot vCPUs (A, C, D, H, I, M, R, T, Z)",
    code: "L-34B43A08",
    default: 5,
    scope: "region",
    source: eksGuide,
  },
} as const satisfies Readonly<Record<string, AwsQuota>>;

export type AwsQuotaName = keyof typeof awsQuotas;

export const awsQuotaNames = Object.keys(awsQuotas).filter(isAwsQuotaName);

export function isAwsQuotaName(name: string): name is AwsQuotaName {
  return Object.hasOwn(awsQuotas, name);
}

/** A load balancer's subnets want this many free addresses. The figure and the /27 are Elastic Load Balancing's. */
export const loadBalancerAddresses = {
  freePerSubnet: 8,
  /** What an Application Load Balancer can take over all its subnets when it scales. */
  mostOverAllSubnets: 100,
  source: "Application Load Balancers User Guide, Subnets for your load balancer",
} as const;

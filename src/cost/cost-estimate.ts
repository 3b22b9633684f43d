import { assumptionNames, assumptionTable } from "./assumptions";
import type { CostInput } from "./cost-input";
import { type CostLine, type CostSection, type MissingPrice, priced } from "./cost-line";
import { add, constant, type CostRange, times } from "./cost-range";
import { nodeLines } from "./node-lines";
import { poolLines } from "./pool-lines";
import type { PriceName } from "./price-names";
import { type UnpricedSection, unpricedSections } from "./unpriced-sections";

/** What a target costs in a month. Keys are stable; `format` rises if that ever has to change. */
export interface CostEstimate {
  readonly format: 1;
  readonly target: string;
  readonly region: string;
  readonly currency: "USD";
  /** Of the lines that have a price. */
  readonly total: CostRange;
  /** Whether every line has one. */
  readonly complete: boolean;
  readonly sections: Readonly<Record<CostSection, CostRange>>;
  readonly lines: readonly CostLine[];
  readonly missing: readonly MissingPrice[];
  /** Parts that the total leaves out, wholly or in part, as their lines have no price. */
  readonly unpriced: readonly UnpricedSection[];
  readonly assumptions: readonly { readonly name: string; readonly value: number; readonly text: string }[];
  readonly notes: readonly string[];
  /** What a bill has besides. */
  readonly notIncluded: readonly string[];
}

export const notIncluded = [
  "volumes, load balancers and buckets that workloads ask for; root volumes of Karpenter's nodes",
  "logs, metrics and traces of workloads; storage and queries of logs; Route 53 query logs",
  "KMS keys and their requests, Secrets Manager, ECR storage, Route 53 zones and queries",
  "data into and out of load balancers beyond the capacity units assumed",
  "tiers above the first, Savings Plans, reservations, private prices, credits, support, tax",
  "what AWS takes off the price of NAT gateways that are chained with a Network Firewall (its pricing page)",
  "what the other end of a transit gateway, Direct Connect or proxy costs its owner",
] as const;

/** Adds up what a target has. A line without a price is listed and not counted; none is guessed. */
export function costEstimate(input: CostInput): CostEstimate {
  const pools = poolLines(input);
  const parts = [clusterPart(input), nodeLines(input), pools, ...rest(input)];
  const lines = parts.flatMap((part) => part.lines);
  const missing = parts.flatMap((part) => part.missing);
  const sum = (wanted: readonly CostLine[]) =>
    wanted.reduce<CostRange>((total, { usd }) => add(total, usd ?? constant(0)), constant(0));
  const section = (name: CostSection) => sum(lines.filter((line) => line.section === name));
  return {
    format: 1,
    target: input.target,
    region: input.region,
    currency: "USD",
    total: sum(lines),
    complete: missing.length === 0,
    sections: {
      cluster: section("cluster"),
      nodes: section("nodes"),
      egress: section("egress"),
      endpoints: section("endpoints"),
      traffic: section("traffic"),
      logs: section("logs"),
    },
    lines,
    unpriced: unpricedSections(lines),
    missing: [...new Map(missing.map((each) => [each.key, each])).values()],
    assumptions: assumptionNames.map((name) => ({
      name,
      value: input.assumptions[name],
      text: assumptionTable[name].text,
    })),
    notes: [...input.notes, ...pools.notes],
    notIncluded,
  };
}

function clusterPart(input: CostInput) {
  const { hoursPerMonth } = input.assumptions;
  return input.support === "extended"
    ? priced(input, "cluster", "control plane, extended support", "extendedSupportHour", hoursPerMonth)
    : priced(input, "cluster", "control plane, standard support", "controlPlaneHour", hoursPerMonth);
}

function rest(input: CostInput) {
  const { assumptions: given, natGateways: nat, zones } = input;
  const hours = (n: number) => n * given.hoursPerMonth;
  const balancers = input.loadBalancers.internal + input.loadBalancers.public;
  const some = (there: number, amount: number) => (there > 0 ? amount : 0);
  const line = (section: CostSection, item: string, name: PriceName, quantity: number | CostRange) =>
    priced(input, section, item, name, quantity);
  const endpoints = input.interfaceEndpoints * zones;
  const addresses = nat + input.loadBalancers.public * zones;
  return [
    line("nodes", "root volumes", "volumeGBMonth", volumes(input)),
    line("egress", `${nat} × NAT gateway`, "natGatewayHour", hours(nat)),
    line("egress", "NAT traffic", "natGB", some(nat, given.natGB)),
    line("egress", `${addresses} × public IPv4 address`, "publicIpv4Hour", hours(addresses)),
    line(
      "egress",
      `${input.firewallEndpoints} × firewall endpoint`,
      "firewallEndpointHour",
      hours(input.firewallEndpoints),
    ),
    line("egress", "firewall traffic", "firewallGB", some(input.firewallEndpoints, given.firewallGB)),
    line(
      "egress",
      `${input.transitGatewayAttachments} × transit gateway attachment`,
      "transitGatewayAttachmentHour",
      hours(input.transitGatewayAttachments),
    ),
    line(
      "egress",
      "transit gateway traffic",
      "transitGatewayGB",
      some(input.transitGatewayAttachments, given.transitGatewayGB),
    ),
    line(
      "endpoints",
      `${input.interfaceEndpoints} interface endpoints × ${zones} zones`,
      "interfaceEndpointHour",
      hours(endpoints),
    ),
    line("endpoints", "endpoint traffic", "interfaceEndpointGB", some(endpoints, given.endpointGB)),
    line(
      "endpoints",
      `${input.resolverInterfaces} × resolver interface`,
      "resolverEndpointHour",
      hours(input.resolverInterfaces),
    ),
    line("traffic", `${balancers} × Network Load Balancer`, "networkLoadBalancerHour", hours(balancers)),
    line(
      "traffic",
      "load balancer capacity units",
      "networkLoadBalancerUnitHour",
      hours(balancers * given.loadBalancerUnits),
    ),
    line("traffic", "between zones, both directions", "crossZoneGB", 2 * given.crossZoneGB),
    line("traffic", "to other regions", "crossRegionGB", some(input.remotePeers, given.crossRegionGB)),
    line("traffic", "out to the internet", "internetOutGB", some(addresses, given.internetOutGB)),
    line("logs", "control plane logs", "logIngestionGB", given.controlPlaneLogsGB),
    ...(input.flowLogs === "none"
      ? []
      : [
          line(
            "logs",
            `flow logs to ${input.flowLogs === "s3" ? "S3" : "CloudWatch"}`,
            input.flowLogs === "s3" ? "flowLogsToS3GB" : "flowLogsToCloudWatchGB",
            given.flowLogsGB,
          ),
        ]),
  ];
}

function volumes({ nodes }: CostInput): CostRange {
  return nodes.reduce<CostRange>(
    (total, { size, volumesGiB }) => add(total, times(size, volumesGiB)),
    constant(0),
  );
}

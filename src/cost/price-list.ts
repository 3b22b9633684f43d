import type { PriceName } from "./price-names";

/** A price that stands in AWS's price list for a region. */
export interface ListedPrice {
  readonly usd: number;
  /** Code of the service in the list. */
  readonly offer: Offer;
  /** Day on which the service's list was published, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** By region, then by key below `cost.prices`: `natGatewayHour`, `instances.m7i.large`. */
export type ListedPrices = Readonly<Record<string, Readonly<Record<string, ListedPrice>>>>;

type Row = Readonly<Record<string, string>>;
type Match = (row: Row) => boolean;

/** Usage types begin with a code of the region, except in us-east-1. */
const usage = (type: string): Match => {
  const pattern = new RegExp(`^(?:[A-Z0-9]+-)?${type}$`);
  return (row) => pattern.test(row.usageType ?? "");
};
const both =
  (...all: readonly Match[]): Match =>
  (row) =>
    all.every((match) => match(row));
const is =
  (column: string, value: string): Match =>
  (row) =>
    row[column] === value;

/**
 * What each price is called in the list: service, usage type and product family. Source: infracost/infracost@95ba4f49
 * internal/resources/aws/{nat_gateway,ebs_volume,vpc_endpoint,ec2_transit_gateway_vpc_attachment,eks_cluster,lb,
 * networkfirewall_firewall,cloudwatch_log_group,route53_resolver_endpoint}.go.
 */
const listed = {
  AmazonEC2: {
    natGatewayHour: both(is("Product Family", "NAT Gateway"), usage("NatGateway-Hours")),
    natGB: both(is("Product Family", "NAT Gateway"), usage("NatGateway-Bytes")),
    volumeGBMonth: both(is("Product Family", "Storage"), is("Volume API Name", "gp3"), is("Unit", "GB-Mo")),
  },
  AmazonVPC: {
    interfaceEndpointHour: usage("VpcEndpoint-Hours"),
    interfaceEndpointGB: usage("VpcEndpoint-Bytes"),
    transitGatewayAttachmentHour: both(usage("TransitGateway-Hours"), is("operation", "TransitGatewayVPC")),
    transitGatewayGB: both(usage("TransitGateway-Bytes"), is("operation", "TransitGatewayVPC")),
  },
  AmazonEKS: { controlPlaneHour: usage("AmazonEKS-Hours:perCluster") },
  AWSELB: {
    networkLoadBalancerHour: both(is("Product Family", "Load Balancer-Network"), usage("LoadBalancerUsage")),
    networkLoadBalancerUnitHour: both(is("Product Family", "Load Balancer-Network"), usage("LCUUsage")),
  },
  AWSNetworkFirewall: {
    firewallEndpointHour: usage("Endpoint-Hour"),
    firewallGB: usage("Traffic-GB-Processed"),
  },
  AmazonCloudWatch: {
    logIngestionGB: both(is("Product Family", "Data Payload"), usage("DataProcessing-Bytes")),
  },
  AmazonRoute53: { resolverEndpointHour: usage("ResolverNetworkInterface") },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<PriceName, Match>>>>>;

export type Offer = keyof typeof listed;
export const offers = Object.keys(listed) as Offer[];

/** Prices that a service's list is read for, besides those of instance types. */
export function pricesIn(offer: Offer): readonly string[] {
  return Object.keys(listed[offer]);
}

/** Path of a service's list for a region, below https://pricing.us-east-1.amazonaws.com (AWS Price List Bulk API). */
export function offerPath(offer: Offer, region: string): string {
  return `/offers/v1.0/aws/${offer}/current/${region}/index.csv`;
}

/** Linux, on demand, on shared hardware: instance-hours are listed by all four, and by software and reservation. */
const isPlainInstance = both(
  (row) =>
    row["Product Family"] === "Compute Instance" || row["Product Family"] === "Compute Instance (bare metal)",
  is("Operating System", "Linux"),
  is("Tenancy", "Shared"),
  is("Pre Installed S/W", "NA"),
  is("CapacityStatus", "Used"),
  is("operation", "RunInstances"),
  is("Unit", "Hrs"),
);

/** Reads one service's list line by line: that of EC2 has hundreds of megabytes. */
export class OfferReader {
  private columns: readonly string[] | undefined;
  private published = "";
  private readonly found = new Map<string, Set<number>>();

  constructor(
    private readonly offer: Offer,
    private readonly instanceTypes: ReadonlySet<string>,
  ) {}

  line(text: string): void {
    if (text.trim() === "") return;
    const cells = csvCells(text);
    if (this.columns === undefined) {
      if (cells[0] === "Publication Date") this.published = (cells[1] ?? "").slice(0, "YYYY-MM-DD".length);
      if (cells[0] === "SKU") this.columns = cells;
      return;
    }
    const row: Row = Object.fromEntries(this.columns.map((column, index) => [column, cells[index] ?? ""]));
    const usd = Number(row.PricePerUnit);
    // The first tier; later ones begin at an amount that nobody here reaches without knowing.
    const isFirst = row.StartingRange === "0" || row.StartingRange === "";
    if (row.TermType !== "OnDemand" || row.Currency !== "USD" || !isFirst || !(usd > 0)) return;
    if (row["Location Type"] !== "AWS Region") return;
    for (const name of this.namesOf(row)) this.found.set(name, (this.found.get(name) ?? new Set()).add(usd));
  }

  /** @throws RangeError for a text that is not a price list */
  result(): {
    readonly prices: Readonly<Record<string, ListedPrice>>;
    readonly ambiguous: readonly string[];
  } {
    if (this.columns === undefined || !/^\d{4}-\d\d-\d\d$/.test(this.published))
      throw new RangeError("it is not a price list: it has no Publication Date, or no line of column names");
    const { offer, published: asOf } = this;
    const entries = [...this.found].flatMap(([name, prices]) => {
      const [usd, ...others] = prices;
      return usd === undefined || others.length > 0 ? [] : [[name, { usd, offer, asOf }] as const];
    });
    return {
      prices: Object.fromEntries(entries),
      // Which of several is meant can't be told, so none is taken.
      ambiguous: [...this.found].filter(([, prices]) => prices.size > 1).map(([name]) => name),
    };
  }

  private namesOf(row: Row): string[] {
    const type = row["Instance Type"] ?? "";
    const instance =
      this.offer === "AmazonEC2" && this.instanceTypes.has(type) && isPlainInstance(row)
        ? [`instances.${type}`]
        : [];
    const matches: readonly (readonly [string, Match])[] = Object.entries(listed[this.offer]);
    return [...instance, ...matches.filter(([, match]) => match(row)).map(([name]) => name)];
  }
}

/** Cells of a line of CSV; quotes are doubled within quotes, and no cell of the list holds a line's end. */
function csvCells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "").trim() : quoted.replaceAll('""', '"'),
  );
}

import { endpointDnsName } from "../../facts/endpoint-dns";
import type { Resource } from "../../guardrails/resource";
import { at, isTrue, items, text, toNumber, type Value } from "../../values/value";
import { isKnown, Keys, type Key } from "./keys";
import { type PublishedNames, publishedNames } from "./published-names";
import { type OtherResolution, otherResolutions } from "./resolution";

/** An interface endpoint of a service, with its interfaces. */
export interface InterfaceEndpoint {
  readonly kind: "interface";
  readonly key: Key;
  readonly vpc: Key;
  /** As endpoints call it: `ecr.api`. */
  readonly service: string;
  /** Name that it takes over in the VPC, with all below it; undefined without private DNS. */
  readonly host?: string;
  readonly subnets: readonly Key[];
  readonly securityGroups: readonly Key[];
}

/** A gateway endpoint: routes of some tables to the addresses that a service's public names lead to. */
export interface GatewayEndpoint {
  readonly kind: "gateway";
  readonly key: Key;
  readonly vpc: Key;
  readonly service: string;
  readonly region: string;
  readonly tables: readonly Key[];
}

/** A forwarding rule of the resolver that is associated with a VPC. */
export interface ForwardRule {
  readonly kind: "forward";
  readonly key: Key;
  readonly vpc: Key;
  readonly domain: string;
  readonly endpoint: Key;
  readonly targets: readonly { readonly address: string; readonly port: number }[];
}

/** A private hosted zone in a VPC. Records that controllers write are not in the stacks. */
export interface PrivateZone {
  readonly kind: "zone";
  readonly key: Key;
  readonly vpc: Key;
  readonly domain: string;
  /** Names of records that the stacks write. */
  readonly records: readonly string[];
}

/** An endpoint of the resolver for name servers on premises, or towards them. */
export interface ResolverEndpoint {
  readonly key: Key;
  readonly direction: "inbound" | "outbound";
  readonly subnets: readonly Key[];
  readonly securityGroups: readonly Key[];
}

export interface Names {
  readonly interfaces: readonly InterfaceEndpoint[];
  readonly gateways: readonly GatewayEndpoint[];
  readonly rules: readonly ForwardRule[];
  readonly zones: readonly PrivateZone[];
  readonly resolvers: ReadonlyMap<Key, ResolverEndpoint>;
  readonly others: readonly OtherResolution[];
  readonly published: readonly PublishedNames[];
}

export function readNames(keys: Keys): Names {
  const endpoints = keys.ofType("aws_vpc_endpoint").flatMap((each) => endpointOf(each, keys));
  const resolvers = keys.ofType("aws_route53_resolver_endpoint").map((each) => resolverOf(each, keys));
  return {
    interfaces: endpoints.filter((each) => each.kind === "interface"),
    gateways: endpoints.filter((each) => each.kind === "gateway"),
    rules: keys
      .ofType("aws_route53_resolver_rule_association")
      .flatMap((each) => ruleOf(each, keys.ofType("aws_route53_resolver_rule"), keys)),
    zones: [
      ...keys
        .ofType("aws_route53_zone")
        .flatMap((each) => zoneOf(each, keys.ofType("aws_route53_record"), keys)),
      ...keys.ofType("aws_route53_zone_association").flatMap((each) => associated(each, keys)),
    ],
    resolvers: new Map(resolvers.map((each) => [each.key, each])),
    others: otherResolutions(keys),
    published: publishedNames(keys),
  };
}

function endpointOf(endpoint: Resource, keys: Keys): (InterfaceEndpoint | GatewayEndpoint)[] {
  const { attributes, stack } = endpoint;
  const key = Keys.of(endpoint);
  const vpc = keys.key(attributes.vpc_id, stack) ?? "?vpc_id";
  const { service, region } = serviceOf(keys.text(attributes.service_name, stack));
  if (attributes.vpc_endpoint_type === "Gateway")
    return [
      { kind: "gateway", key, vpc, service, region, tables: keys.keys(attributes.route_table_ids, stack) },
    ];
  if (attributes.vpc_endpoint_type !== "Interface") return [];
  return [
    {
      kind: "interface",
      key,
      vpc,
      service,
      ...(isTrue(attributes.private_dns_enabled) && { host: endpointDnsName(service, region) }),
      subnets: keys.keys(attributes.subnet_ids, stack),
      securityGroups: keys.keys(attributes.security_group_ids, stack),
    },
  ];
}

/** `com.amazonaws.us-east-1.ecr.api`, or `com.amazonaws.iam` of a service that is one for all regions. */
function serviceOf(name: string): { service: string; region: string } {
  const [, region = "us-east-1", service = name] =
    /^com\.amazonaws\.(?:([a-z]{2}(?:-[a-z]+)+-\d)\.)?(.+)$/.exec(name) ?? [];
  return { service, region };
}

function resolverOf(endpoint: Resource, keys: Keys): ResolverEndpoint {
  const { attributes, stack } = endpoint;
  return {
    key: Keys.of(endpoint),
    direction: text(attributes.direction) === "OUTBOUND" ? "outbound" : "inbound",
    subnets: items(attributes.ip_address).flatMap((each) => keys.keys(at(each, "subnet_id"), stack)),
    securityGroups: keys.keys(attributes.security_group_ids, stack),
  };
}

function ruleOf(association: Resource, rules: readonly Resource[], keys: Keys): ForwardRule[] {
  const { attributes, stack } = association;
  const vpc = keys.key(attributes.vpc_id, stack) ?? "?vpc_id";
  const key = keys.key(attributes.resolver_rule_id, stack) ?? "?resolver_rule_id";
  const rule = rules.find((each) => Keys.of(each) === key);
  if (rule === undefined || rule.attributes.rule_type !== "FORWARD") return [];
  return [
    {
      kind: "forward",
      key,
      vpc,
      domain: domainOf(rule.attributes.domain_name),
      endpoint: keys.key(rule.attributes.resolver_endpoint_id, rule.stack) ?? "?resolver_endpoint_id",
      targets: items(rule.attributes.target_ip).map((each) => ({
        address: text(at(each, "ip")),
        port: toNumber(at(each, "port")) ?? 53,
      })),
    },
  ];
}

function zoneOf(zone: Resource, records: readonly Resource[], keys: Keys): PrivateZone[] {
  const key = Keys.of(zone);
  const own = records
    .filter((each) => keys.key(each.attributes.zone_id, each.stack) === key)
    .map((each) => domainOf(keys.text(each.attributes.name, each.stack)));
  return items(zone.attributes.vpc).map((each) => ({
    kind: "zone",
    key,
    vpc: keys.key(at(each, "vpc_id"), zone.stack) ?? "?vpc_id",
    domain: domainOf(zone.attributes.name),
    records: own,
  }));
}

/** A zone that others made: which names are below it nobody knows here. */
function associated({ attributes, stack, address }: Resource, keys: Keys): PrivateZone[] {
  const zone = keys.key(attributes.zone_id, stack) ?? "?zone_id";
  if (isKnown(zone) && zone.includes("/")) return [];
  const vpc = keys.key(attributes.vpc_id, stack) ?? "?vpc_id";
  return [{ kind: "zone", key: `${stack}/${address}`, vpc, domain: "?", records: [] }];
}

function domainOf(name: Value): string {
  return text(name).replace(/\.$/, "").toLowerCase();
}

export function isBelow(name: string, domain: string): boolean {
  return domain === "" || name === domain || name.endsWith(`.${domain}`);
}

/**
 * Whether a name leads to addresses that a gateway endpoint's prefix list holds: S3's and DynamoDB's in the region. A
 * bucket's name without a region leads to the region that the bucket is in (S3 User Guide, "Virtual hosting of buckets").
 */
export function isOfGateway(name: string, { service, region }: GatewayEndpoint): "yes" | "no" | "unknown" {
  const hosts = [`${service}.${region}.amazonaws.com`, `${service}.dualstack.${region}.amazonaws.com`];
  if (hosts.some((host) => isBelow(name, host))) return "yes";
  return service === "s3" && isBelow(name, "s3.amazonaws.com") ? "unknown" : "no";
}

/** Who answers for a name in a VPC: the most specific; of equals, a forwarding rule (Route 53 Developer Guide, "How Route 53 Resolver determines whether the domain name in a query matches any rules"). */
export function answererOf(
  name: string,
  vpc: Key,
  { interfaces, rules, zones }: Names,
): InterfaceEndpoint | ForwardRule | PrivateZone | undefined {
  const found = [
    ...rules.map((each) => ({ each, domain: each.domain })),
    ...interfaces.flatMap((each) => (each.host === undefined ? [] : [{ each, domain: each.host }])),
    ...zones.map((each) => ({ each, domain: each.domain })),
  ].filter(({ each, domain }) => each.vpc === vpc && isBelow(name, domain));
  return found.reduce<(typeof found)[number] | undefined>(
    (best, each) => (best === undefined || each.domain.length > best.domain.length ? each : best),
    undefined,
  )?.each;
}

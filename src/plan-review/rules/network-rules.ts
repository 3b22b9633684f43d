import type { Finding } from "../model/change";
import { listed, say, words } from "../model/phrase";
import { field, items, type Json, sameJson, text, texts } from "../read/json";
import type { PlannedChange } from "../read/plan";
import { isAnywhere } from "./peers";
import { finding, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, nameOf, pair, type Surroundings } from "./surroundings";

/** VPC, subnets and their ranges. */
export const rangeRule: Rule = (change) => {
  const what = RANGES.get(change.type);
  if (what === undefined || ["no-op", "create", "read"].includes(change.action)) return [];
  const cidrs = pair(change, "cidr_block");
  const [before, after] = [text(cidrs.before), text(cidrs.after)];
  const step =
    before !== undefined && after !== undefined && before !== after ? say`from ${before} to ${after}` : [];
  const moved = change.action !== "delete" && step.length > 0;
  const name = tagName(change);
  if (isLost(change)) {
    const range = before === undefined ? [] : say` (${before})`;
    const to = moved ? say` and moves it ${step}` : range;
    return [finding("NET-MOVED", say`${words(losing(change))} ${words(what)} ${name}${to}`)];
  }
  return moved ? [finding("NET-MOVED", say`moves ${words(what)} ${name} ${step}`)] : [];
};

const RANGES: ReadonlyMap<string, string> = new Map([
  ["aws_vpc", "the VPC"],
  ["aws_subnet", "the subnet"],
  ["aws_vpc_ipv4_cidr_block_association", "the VPC's additional range"],
]);

const WAYS: ReadonlyMap<string, string> = new Map([
  ["aws_nat_gateway", "the NAT gateway"],
  ["aws_internet_gateway", "the internet gateway"],
  ["aws_route_table", "the route table"],
  ["aws_route_table_association", "the association of a subnet with its route table"],
  ["aws_vpc_endpoint", "the VPC endpoint"],
  ["aws_ec2_transit_gateway_vpc_attachment", "the transit gateway attachment"],
  ["aws_networkfirewall_firewall", "the network firewall"],
  ["aws_vpc_dhcp_options_association", "the VPC's DHCP options"],
  ["aws_lb", "the load balancer"],
  ["aws_vpc_peering_connection", "the peering connection"],
]);

/** The way of packets: gateways, routes, endpoints, and the addresses that others see. */
export const routeRule: Rule = (change, around) => {
  if (change.type === "aws_eip" && isLost(change)) {
    const address = text(field(change.before, "public_ip")) ?? nameOf(change);
    return [finding("ADDRESS-LOST", say`gives up the public address ${address}`)];
  }
  if (change.type === "aws_route") return routes(change, around);
  const way = WAYS.get(change.type);
  if (way !== undefined && isLost(change)) {
    const out =
      change.type === "aws_nat_gateway"
        ? { why: "Nodes of that zone have no way out until there is another." }
        : {};
    return [finding("NET-ROUTE", say`${words(losing(change))} ${words(way)} ${tagName(change)}`, out)];
  }
  if (change.type === "aws_subnet" && change.action === "update") return publicAddresses(change);
  if (/^aws_(default_)?network_acl(_rule)?$/.test(change.type)) return networkAcl(change);
  return [];
};

const NEXT_HOPS = [
  "gateway_id",
  "nat_gateway_id",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "network_interface_id",
  "vpc_peering_connection_id",
  "egress_only_gateway_id",
];

function routes(change: PlannedChange, around: Surroundings): Finding[] {
  const isAsBefore =
    destinationOf(change.before) === destinationOf(change.after) &&
    sameJson(field(change.before, "gateway_id"), field(change.after, "gateway_id"));
  const internet = leadsToInternet(change.after) && !isAsBefore;
  const opened = internet
    ? [finding("NET-OPENED", say`sends traffic to ${destinationOf(change.after)} straight to the internet`)]
    : [];
  if (isLost(change)) {
    const what = say`${words(losing(change))} the route to ${destinationOf(change.before)}`;
    return [finding("NET-ROUTE", what), ...opened];
  }
  if (change.action === "create") return isOfNewTable(change, around) ? [] : opened;
  if (change.action !== "update") return [];
  const changed = NEXT_HOPS.filter((key) => !sameJson(field(change.before, key), field(change.after, key)));
  if (changed.length === 0) return [];
  return [finding("NET-ROUTE", say`sends traffic to ${destinationOf(change.after)} another way`), ...opened];
}

function destinationOf(values: Json): string {
  return (
    text(field(values, "destination_cidr_block")) ??
    text(field(values, "destination_ipv6_cidr_block")) ??
    text(field(values, "destination_prefix_list_id")) ??
    "a range known after apply"
  );
}

function leadsToInternet(values: Json): boolean {
  return text(field(values, "gateway_id"))?.startsWith("igw-") === true && isAnywhere(destinationOf(values));
}

/** A table that nobody used before opens nothing that was closed. */
function isOfNewTable(change: PlannedChange, around: Surroundings): boolean {
  const table = field(change.after, "route_table_id");
  return isUnknownAt(change, "route_table_id") || around.isNew("aws_route_table", "id", table);
}

function publicAddresses(change: PlannedChange): Finding[] {
  const { before, after } = pair(change, "map_public_ip_on_launch");
  return before === false && after === true
    ? [finding("NET-OPENED", say`gives new instances in the subnet ${tagName(change)} public addresses`)]
    : [];
}

/** Rules of network ACLs are ordered; that a change lets more through is not worked out, so it is said as a doubt. */
function networkAcl(change: PlannedChange): Finding[] {
  if (change.action === "create" || change.action === "no-op") return [];
  if (isLost(change)) {
    return [
      finding("NET-ROUTE", say`${words(losing(change))} the network ACL or a rule of it, ${tagName(change)}`),
    ];
  }
  const changed = [
    "ingress",
    "egress",
    "rule_action",
    "cidr_block",
    "from_port",
    "to_port",
    "protocol",
  ].filter((key) => !sameJson(field(change.before, key), field(change.after, key)));
  if (changed.length === 0) return [];
  return [
    finding("NET-OPENED", say`may let more through the network ACL ${tagName(change)}: ${listed(changed)}`, {
      doubt: words("rules of an ACL are taken in order; what passes is not worked out here"),
      details: items(field(change.after, "ingress"))
        .filter((rule) => texts(field(rule, "cidr_block")).some(isAnywhere))
        .slice(0, 10)
        .map(
          (rule) =>
            say`ingress ${text(field(rule, "action")) ?? "?"} from ${text(field(rule, "cidr_block")) ?? "?"}`,
        ),
    }),
  ];
}

/** Networks have no names but by their tag. */
function tagName(change: PlannedChange): string {
  for (const values of [change.before, change.after]) {
    const name = text(field(field(values, "tags"), "Name"));
    if (name !== undefined && name !== "") return name;
  }
  return nameOf(change);
}

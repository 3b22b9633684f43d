import type { Finding } from "../model/change";
import { type Phrase, say, words } from "../model/phrase";
import { field, items, type Json, sameJson, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { isAnywhere } from "./peers";
import { finding, findingOf, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, pair, type Surroundings, tagName } from "./surroundings";

/** Subnets and additional ranges of the VPC; the VPC itself is another matter (rebuild-rules.ts). */
export const rangeRule: Rule = (change) => {
  const what = RANGES.get(change.type);
  if (what === undefined || ["no-op", "create", "read"].includes(change.action)) return [];
  const cidrs = pair(change, "cidr_block");
  const [before, after] = [text(cidrs.before), text(cidrs.after)];
  const step =
    before !== undefined && after !== undefined && before !== after ? say`from ${before} to ${after}` : [];
  const moved = change.action !== "delete" && step.length > 0;
  const name = tagName(change);
  if (!isLost(change) && !moved) return [];
  const verb = isLost(change) ? (moved ? "replaces and moves" : losing(change)) : "moves";
  const rest = moved ? step : before === undefined ? [] : say`(${before})`;
  return [
    finding(
      "NET-MOVED",
      say`${words(verb)} the ${words(what)} ${name}${rest.length === 0 ? [] : say` ${rest}`}`,
      {
        alike: { says: words(verb), noun: what, subject: name, line: say`${name} ${rest}` },
        // Without a new one beside it nothing else has to follow; AWS still refuses while an interface is in it.
        ...(change.action === "delete" && { impact: "disruption" as const }),
        ...(moved && {
          details: [words("AWS can't change a range in place: the subnet is deleted and made anew")],
        }),
      },
    ),
  ];
};

const RANGES: ReadonlyMap<string, string> = new Map([
  ["aws_subnet", "subnet"],
  ["aws_vpc_ipv4_cidr_block_association", "additional range"],
]);

const WAYS: ReadonlyMap<string, string> = new Map([
  ["aws_nat_gateway", "NAT gateway"],
  ["aws_internet_gateway", "internet gateway"],
  ["aws_route_table", "route table"],
  ["aws_route_table_association", "association of a subnet with its route table"],
  ["aws_vpc_endpoint", "VPC endpoint"],
  ["aws_ec2_transit_gateway_vpc_attachment", "transit gateway attachment"],
  ["aws_networkfirewall_firewall", "network firewall"],
  ["aws_vpc_dhcp_options_association", "association of the VPC with DHCP options"],
  ["aws_lb", "load balancer"],
  ["aws_vpc_peering_connection", "peering connection"],
]);

/** The way of packets: gateways, routes, endpoints, and the addresses that others see. */
export const routeRule: Rule = (change, around) => {
  if (change.type === "aws_eip" && isLost(change)) {
    const address = text(field(change.before, "public_ip")) ?? tagName(change);
    return [findingOf("ADDRESS-LOST", { says: words("gives up"), noun: "public address", subject: address })];
  }
  if (change.type === "aws_route") return routes(change, around);
  const way = WAYS.get(change.type);
  if (change.type === "aws_nat_gateway" && isLost(change)) return [natFinding(change, around)];
  if (way !== undefined && isLost(change)) {
    return [findingOf("NET-ROUTE", { says: words(losing(change)), noun: way, subject: tagName(change) })];
  }
  if (change.type === "aws_subnet" && change.action === "update") return publicAddresses(change);
  if (/^aws_(default_)?network_acl(_rule)?$/.test(change.type)) return networkAcl(change);
  return [];
};

/** Whether it was one of several, and what then carries its zone's traffic. */
function natFinding(change: PlannedChange, around: Surroundings): Finding {
  const name = tagName(change);
  const all = around.changesOf("aws_nat_gateway").filter(({ stack }) => stack === change.stack);
  const rest = all.filter((each) => !isLost(each) && each !== change);
  const [only] = rest;
  if (change.action === "delete" && only !== undefined && rest.length === 1) {
    const [zone] = around.zonesOf([text(field(only.after, "subnet_id")) ?? ""]) ?? [];
    const where = zone === undefined ? [] : say` of ${zone}`;
    return findingOf(
      "NET-ROUTE",
      {
        says: words("deletes"),
        noun: "NAT gateway",
        subject: name,
        after: say`and leaves one${where} for all zones`,
      },
      {
        // Before the routes that only follow it.
        size: 1,
        why: "One zone's failure then takes the way out of all zones. Traffic of the others crosses zones, which is charged, and open connections break now.",
      },
    );
  }
  return findingOf(
    "NET-ROUTE",
    { says: words(losing(change)), noun: "NAT gateway", subject: name },
    {
      size: 1,
      why: "Nodes whose routes lead there have no way out until there is another one; open connections break.",
    },
  );
}

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
  return isUnknownAt(change, "route_table_id") || around.isNew(change, "aws_route_table", "id", table);
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
    finding("NET-OPENED", say`may let more through the network ACL ${tagName(change)}`, {
      doubt: words("rules of an ACL apply in order; what passes is not worked out here"),
      details: changedEntries(change),
      alike: { says: words("may let more through"), noun: "network ACL", subject: tagName(change) },
    }),
  ];
}

/** Entries that are new or other than before. */
function changedEntries({ before, after }: PlannedChange): Phrase[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const old = items(field(before, direction));
    return items(field(after, direction))
      .filter((entry) => !old.some((each) => sameJson(each, entry)))
      .slice(0, 10)
      .map((entry) => {
        const [verb, range] = ["action", "cidr_block"].map((key) => text(field(entry, key)) ?? "?");
        return say`${words(direction)}: ${words(verb === "allow" ? "allows" : "denies")} ${range ?? "?"}`;
      });
  });
}

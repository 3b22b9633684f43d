import type { Resource } from "../resource";
import { at, type Attributes, entries, isFalse, isTrue, items, type Value } from "../../values/value";
import { made, or } from "./made";

/** vpc 6.5.1: variables.tf, `default_network_acl_ingress`, `default_network_acl_egress`. */
const OPEN_ACL: Value = [
  { rule_no: 100, action: "allow", from_port: 0, to_port: 0, protocol: "-1", cidr_block: "0.0.0.0/0" },
  { rule_no: 101, action: "allow", from_port: 0, to_port: 0, protocol: "-1", ipv6_cidr_block: "::/0" },
];

/** vpc 6.5.1: main.tf, as far as this platform calls it: subnets, routes and gateways are resources of their own. */
export function vpc(call: Resource, input: Attributes): Resource[] {
  return [
    made(call, "aws_vpc", "this[0]", {
      cidr_block: or(input.cidr, "10.0.0.0/16"),
      enable_dns_hostnames: or(input.enable_dns_hostnames, true),
      enable_dns_support: or(input.enable_dns_support, true),
      ...(isTrue(input.enable_ipv6) && { assign_generated_ipv6_cidr_block: true }),
    }),
    ...items(input.secondary_cidr_blocks).map((block, index) =>
      made(call, "aws_vpc_ipv4_cidr_block_association", `this[${index}]`, {
        cidr_block: block,
        vpc_id: "this",
      }),
    ),
    ...(isFalse(input.manage_default_security_group)
      ? []
      : [
          made(call, "aws_default_security_group", "this[0]", {
            ingress: or(input.default_security_group_ingress, []),
            egress: or(input.default_security_group_egress, []),
          }),
        ]),
    ...(isFalse(input.manage_default_network_acl)
      ? []
      : [
          made(call, "aws_default_network_acl", "this[0]", {
            ingress: or(input.default_network_acl_ingress, OPEN_ACL),
            egress: or(input.default_network_acl_egress, OPEN_ACL),
          }),
        ]),
    ...(isTrue(input.enable_flow_log)
      ? [
          made(call, "aws_flow_log", "this[0]", {
            traffic_type: or(input.flow_log_traffic_type, "ALL"),
            vpc_id: "this",
          }),
        ]
      : []),
  ];
}

/** vpc 6.5.1: modules/vpc-endpoints/main.tf. */
export function vpcEndpoints(call: Resource, input: Attributes): Resource[] {
  return entries(input.endpoints).map(([key, endpoint]) => {
    const kind = at(endpoint, "service_type") ?? "Interface";
    return made(call, "aws_vpc_endpoint", `this["${key}"]`, {
      vpc_id: input.vpc_id,
      service_name: at(endpoint, "service_endpoint") ?? key,
      service_region: at(endpoint, "service_region"),
      vpc_endpoint_type: kind,
      private_dns_enabled: at(endpoint, "private_dns_enabled"),
      policy: at(endpoint, "policy"),
      ...(kind === "Interface" && {
        ip_address_type: at(endpoint, "ip_address_type"),
        subnet_ids: both(input.subnet_ids, at(endpoint, "subnet_ids")),
        security_group_ids: both(input.security_group_ids, at(endpoint, "security_group_ids")),
      }),
      ...(kind === "Gateway" && { route_table_ids: at(endpoint, "route_table_ids") }),
    });
  });
}

/** What `concat` makes of two lists. */
function both(first: Value, second: Value): Value {
  return [...items(first), ...items(second)];
}

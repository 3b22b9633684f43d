import { attributeOf, textAt } from "../existing";
import { isArray, type Json } from "../../terraform-plan/json";
import { by, joined, type Kind } from "./kind";

const NAME = "tags.Name";

/** What one rule is of: where traffic comes from or goes to. */
const SOURCES = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"];
const DESTINATIONS = ["destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"];
/** Of the types that are one rule by its own id. */
const ENDS = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

/**
 * Import ids: hashicorp/terraform-provider-aws, website/docs/r/<type without aws_>.html.markdown, "Import"; those of several parts, and of
 * what came with a VPC, were compared with the pages (not that of aws_default_network_acl), the others are the resource's id.
 * What is one for its VPC, or for its subnet, is so by AWS: an internet gateway, a subnet's range, the route table of a subnet (Amazon VPC
 * User Guide). aws_default_* take over what came with the VPC whether they are imported or made; imported, the plan shows what changes.
 */
export const ec2Kinds: readonly Kind[] = [
  { type: "aws_vpc", by: [["cidr_block", NAME], ["cidr_block"]], importId: by("id") },
  { type: "aws_vpc_ipv4_cidr_block_association", by: [["vpc_id", "cidr_block"]], importId: by("id") },
  { type: "aws_subnet", by: [["vpc_id", "cidr_block"]], importId: by("id") },
  { type: "aws_internet_gateway", by: [["vpc_id"]], importId: by("id") },
  { type: "aws_egress_only_internet_gateway", by: [["vpc_id"]], importId: by("id") },
  { type: "aws_nat_gateway", by: [["subnet_id"]], importId: by("id") },
  {
    type: "aws_eip",
    by: [[NAME, "domain"]],
    through: { type: "aws_nat_gateway", attribute: "allocation_id", is: "id" },
    importId: by("id"),
  },
  {
    type: "aws_route_table",
    by: [["vpc_id", NAME]],
    through: { type: "aws_route_table_association", attribute: "route_table_id", is: "id" },
    importId: by("id"),
  },
  {
    type: "aws_route_table_association",
    by: [["subnet_id"], ["gateway_id"]],
    importId: joined("/", ["subnet_id", "gateway_id"], "route_table_id"),
  },
  {
    type: "aws_route",
    by: DESTINATIONS.map((each) => ["route_table_id", each]),
    importId: joined("_", "route_table_id", DESTINATIONS),
  },
  // By the VPC, not by its own id.
  { type: "aws_default_route_table", by: [["vpc_id"], ["default_route_table_id"]], importId: by("vpc_id") },
  { type: "aws_default_network_acl", by: [["vpc_id"], ["default_network_acl_id"]], importId: by("id") },
  { type: "aws_default_security_group", by: [["vpc_id"]], importId: by("id") },
  { type: "aws_network_acl", by: [["vpc_id", NAME]], importId: by("id") },
  {
    type: "aws_security_group",
    by: [
      ["vpc_id", "name"],
      ["vpc_id", "name_prefix"],
    ],
    importId: by("id"),
  },
  {
    type: "aws_security_group_rule",
    by: [
      [
        "security_group_id",
        "type",
        "protocol",
        "from_port",
        "to_port",
        ...SOURCES,
        "self",
        "source_security_group_id",
      ],
    ],
    importId: ruleId,
  },
  ...["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"].map((type) => ({
    type,
    by: [["security_group_id", "ip_protocol", "from_port", "to_port", ...ENDS]],
    importId: by("id"),
  })),
  { type: "aws_vpc_endpoint", by: [["vpc_id", "service_name"]], importId: by("id") },
  {
    type: "aws_flow_log",
    by: [
      ["vpc_id", "log_destination"],
      ["vpc_id", NAME],
    ],
    importId: by("id"),
  },
  {
    type: "aws_ec2_subnet_cidr_reservation",
    by: [["subnet_id", "cidr_block"]],
    importId: joined(":", "subnet_id", "id"),
  },
  { type: "aws_launch_template", by: [["name"], ["name_prefix"]], importId: by("id") },
];

/** `sg-1_ingress_tcp_443_443_10.0.0.0/16`: internal/service/ec2/vpc_security_group_rule.go, the parts of the id. */
function ruleId(attributes: Json): string | undefined {
  const lists = SOURCES.flatMap((each) => {
    const value = attributeOf(attributes, each);
    return isArray(value) ? value.filter((item) => typeof item === "string") : [];
  });
  const self = attributeOf(attributes, "self") === true ? ["self"] : [];
  const group = textAt(attributes, "source_security_group_id");
  const sources = [...self, ...(group === undefined || self.length > 0 ? [] : [group]), ...lists];
  const parts = ["security_group_id", "type", "protocol", "from_port", "to_port"].map((each) =>
    attributeOf(attributes, each),
  );
  const words = parts.flatMap((each) =>
    typeof each === "string" || typeof each === "number" ? [String(each)] : [],
  );
  if (sources.length === 0 || words.length < parts.length) return undefined;
  return [...words, ...sources].join("_");
}

/** Attributes of rules for which nothing and an empty list or false are one. */
export const emptyIsNone: ReadonlySet<string> = new Set([
  ...SOURCES,
  ...ENDS,
  "self",
  "source_security_group_id",
]);

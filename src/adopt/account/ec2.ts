import { aws } from "../../live/question";
import { field, items, type Json, text } from "../../terraform-plan/json";
import { attributes, type Existing, tagsIn } from "../existing";
import { list, optionOf, type Source, word } from "./source";

const ec2 = (verb: string, ...args: readonly string[]) => aws("ec2", verb, ...args, "--output", "json");
const once =
  (verb: string): Source["ask"] =>
  () => [ec2(verb)];

/** Shapes: Amazon EC2 API Reference; what is being deleted is gone. */
export const ec2Sources: readonly Source[] = [
  {
    types: ["aws_vpc", "aws_vpc_ipv4_cidr_block_association"],
    ask: once("describe-vpcs"),
    read: (answer) =>
      list(answer, "Vpcs").flatMap((vpc): Existing[] => {
        const id = word(vpc, "VpcId");
        const cidr = word(vpc, "CidrBlock");
        const more = list(vpc, "CidrBlockAssociationSet").filter(
          (each) =>
            word(each, "CidrBlock") !== cidr &&
            text(field(field(each, "CidrBlockState"), "State")) !== "disassociated",
        );
        return [
          { type: "aws_vpc", attributes: attributes({ id, cidr_block: cidr, tags: tagsIn(vpc) }) },
          ...more.map((each) => ({
            type: "aws_vpc_ipv4_cidr_block_association",
            attributes: attributes({
              id: word(each, "AssociationId"),
              vpc_id: id,
              cidr_block: word(each, "CidrBlock"),
            }),
          })),
        ];
      }),
  },
  {
    types: ["aws_subnet", "aws_ec2_subnet_cidr_reservation"],
    ask: once("describe-subnets"),
    read: (answer) =>
      list(answer, "Subnets").map((each) => ({
        type: "aws_subnet",
        attributes: attributes({
          id: word(each, "SubnetId"),
          vpc_id: word(each, "VpcId"),
          cidr_block: word(each, "CidrBlock"),
          availability_zone: word(each, "AvailabilityZone"),
          tags: tagsIn(each),
        }),
      })),
  },
  {
    types: ["aws_internet_gateway"],
    ask: once("describe-internet-gateways"),
    read: (answer) =>
      list(answer, "InternetGateways").map((each) =>
        gateway("aws_internet_gateway", "InternetGatewayId", each),
      ),
  },
  {
    types: ["aws_egress_only_internet_gateway"],
    ask: once("describe-egress-only-internet-gateways"),
    read: (answer) =>
      list(answer, "EgressOnlyInternetGateways").map((each) =>
        gateway("aws_egress_only_internet_gateway", "EgressOnlyInternetGatewayId", each),
      ),
  },
  {
    types: ["aws_nat_gateway", "aws_eip"],
    ask: once("describe-nat-gateways"),
    read: (answer) =>
      list(answer, "NatGateways")
        .filter((each) => ["available", "pending"].includes(word(each, "State") ?? ""))
        .map((each) => ({
          type: "aws_nat_gateway",
          attributes: attributes({
            id: word(each, "NatGatewayId"),
            vpc_id: word(each, "VpcId"),
            subnet_id: word(each, "SubnetId"),
            allocation_id: list(each, "NatGatewayAddresses")
              .map((address) => word(address, "AllocationId"))
              .find((id) => id !== undefined),
            tags: tagsIn(each),
          }),
        })),
  },
  {
    types: ["aws_eip"],
    ask: once("describe-addresses"),
    read: (answer) =>
      list(answer, "Addresses").map((each) => ({
        type: "aws_eip",
        attributes: attributes({
          id: word(each, "AllocationId"),
          allocation_id: word(each, "AllocationId"),
          domain: word(each, "Domain"),
          public_ip: word(each, "PublicIp"),
          tags: tagsIn(each),
        }),
      })),
  },
  {
    types: ["aws_route_table", "aws_route_table_association", "aws_route", "aws_default_route_table"],
    ask: once("describe-route-tables"),
    read: (answer) => list(answer, "RouteTables").flatMap(routeTable),
  },
  {
    types: ["aws_network_acl", "aws_default_network_acl"],
    ask: once("describe-network-acls"),
    read: (answer) =>
      list(answer, "NetworkAcls").map((each) => {
        const id = word(each, "NetworkAclId");
        const isDefault = field(each, "IsDefault") === true;
        return {
          type: isDefault ? "aws_default_network_acl" : "aws_network_acl",
          attributes: attributes({
            id,
            ...(isDefault && { default_network_acl_id: id }),
            vpc_id: word(each, "VpcId"),
            tags: tagsIn(each),
          }),
        };
      }),
  },
  {
    types: ["aws_vpc_endpoint"],
    ask: once("describe-vpc-endpoints"),
    read: (answer) =>
      list(answer, "VpcEndpoints")
        .filter((each) => !/^delet/i.test(word(each, "State") ?? ""))
        .map((each) => ({
          type: "aws_vpc_endpoint",
          attributes: attributes({
            id: word(each, "VpcEndpointId"),
            vpc_id: word(each, "VpcId"),
            service_name: word(each, "ServiceName"),
            tags: tagsIn(each),
          }),
        })),
  },
  {
    types: ["aws_flow_log"],
    ask: once("describe-flow-logs"),
    read: (answer) =>
      list(answer, "FlowLogs").map((each) => {
        const of = word(each, "ResourceId") ?? "";
        return {
          type: "aws_flow_log",
          attributes: attributes({
            id: word(each, "FlowLogId"),
            ...(of.startsWith("vpc-") && { vpc_id: of }),
            log_destination: word(each, "LogDestination")?.replace(/:\*$/, ""),
            tags: tagsIn(each),
          }),
        };
      }),
  },
  {
    types: ["aws_launch_template"],
    ask: once("describe-launch-templates"),
    read: (answer) =>
      list(answer, "LaunchTemplates").map((each) => ({
        type: "aws_launch_template",
        attributes: attributes({
          id: word(each, "LaunchTemplateId"),
          name: word(each, "LaunchTemplateName"),
          tags: tagsIn(each),
        }),
      })),
  },
  {
    types: ["aws_ec2_subnet_cidr_reservation"],
    // Of subnets with a range that the plan has: an account may have hundreds of others.
    ask: ({ planned, found }) => {
      const ranges = new Set(
        planned
          .filter(({ type }) => type === "aws_subnet")
          .map((each) => word(each.attributes, "cidr_block")),
      );
      return found
        .filter(
          ({ type, attributes: subnet }) => type === "aws_subnet" && ranges.has(word(subnet, "cidr_block")),
        )
        .flatMap(({ attributes: subnet }) => word(subnet, "id") ?? [])
        .sort()
        .map((id) => ec2("get-subnet-cidr-reservations", "--subnet-id", id));
    },
    read: (answer, question) =>
      [...list(answer, "SubnetIpv4CidrReservations"), ...list(answer, "SubnetIpv6CidrReservations")].map(
        (each) => ({
          type: "aws_ec2_subnet_cidr_reservation",
          attributes: attributes({
            id: word(each, "SubnetCidrReservationId"),
            subnet_id: word(each, "SubnetId") ?? optionOf(question, "--subnet-id"),
            cidr_block: word(each, "Cidr"),
          }),
        }),
      ),
  },
];

function gateway(type: string, id: string, answer: Json): Existing {
  const vpc = list(answer, "Attachments").map((each) => word(each, "VpcId"));
  return { type, attributes: attributes({ id: word(answer, id), vpc_id: vpc[0], tags: tagsIn(answer) }) };
}

/** A table, its routes and the subnets that have it. The main one is the VPC's, and no table of its own. */
function routeTable(answer: Json): readonly Existing[] {
  const id = word(answer, "RouteTableId");
  const vpc_id = word(answer, "VpcId");
  const associations = list(answer, "Associations");
  const isMain = associations.some((each) => field(each, "Main") === true);
  const table: Existing = {
    type: isMain ? "aws_default_route_table" : "aws_route_table",
    attributes: attributes({
      id,
      vpc_id,
      ...(isMain && { default_route_table_id: id }),
      tags: tagsIn(answer),
    }),
  };
  return [
    table,
    ...associations
      .filter((each) => field(each, "Main") !== true)
      .map((each) => ({
        type: "aws_route_table_association",
        attributes: attributes({
          id: word(each, "RouteTableAssociationId"),
          route_table_id: id,
          subnet_id: word(each, "SubnetId"),
          gateway_id: word(each, "GatewayId"),
        }),
      })),
    // CreateRouteTable is the VPC's own range, EnableVgwRoutePropagation a gateway's: nobody made those by themselves.
    ...items(field(answer, "Routes"))
      .filter((each) => word(each, "Origin") === "CreateRoute")
      .map((each) => ({
        type: "aws_route",
        attributes: attributes({
          route_table_id: id,
          destination_cidr_block: word(each, "DestinationCidrBlock"),
          destination_ipv6_cidr_block: word(each, "DestinationIpv6CidrBlock"),
          destination_prefix_list_id: word(each, "DestinationPrefixListId"),
        }),
      })),
  ];
}

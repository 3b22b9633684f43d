import { fact } from "../found/fact";
import type { FoundEndpoint, FoundNetwork, FoundSubnet, FoundVpc, Role } from "../found/network";
import { isOpenPolicy, isUsualTenancy, SAYS, tellUnlike } from "../found/unlike";
import type { Part } from "../part";
import type { Answers } from "./answers";
import { tagFacts, tagsOf } from "./tags";

/** The VPC of a cluster with all that is in it. */
export async function networkIn(answers: Answers, vpcId: string): Promise<FoundNetwork> {
  const inVpc = `Name=vpc-id,Values=${vpcId}`;
  const [vpcs, subnets, tables, gateways, endpoints, ways] = await Promise.all([
    answers.listed("vpc", "Vpcs", "VpcId", "ec2", "describe-vpcs", "--vpc-ids", vpcId),
    answers.listed("subnet", "Subnets", "SubnetId", "ec2", "describe-subnets", "--filters", inVpc),
    answers.listed(
      "route-table",
      "RouteTables",
      "RouteTableId",
      "ec2",
      "describe-route-tables",
      "--filters",
      inVpc,
    ),
    answers.listed(
      "nat-gateway",
      "NatGateways",
      "NatGatewayId",
      "ec2",
      "describe-nat-gateways",
      "--filter",
      inVpc,
    ),
    answers.listed(
      "endpoint",
      "VpcEndpoints",
      "VpcEndpointId",
      "ec2",
      "describe-vpc-endpoints",
      "--filters",
      inVpc,
    ),
    answers.listed(
      "internet-gateway",
      "InternetGateways",
      "InternetGatewayId",
      "ec2",
      "describe-internet-gateways",
      "--filters",
      `Name=attachment.vpc-id,Values=${vpcId}`,
    ),
  ]);
  const [vpc] = vpcs;
  const [way] = ways;
  const ofTables = tables.map(tableOf);
  return {
    ...(vpc && { vpc: vpcOf(vpc, vpcId) }),
    subnets: subnets.map((each) => subnetOf(each, ofTables)),
    routeTables: ofTables.map(({ at, id }) => ({ at, id })),
    natGateways: gateways.filter(isThere).map((at) => {
      const subnet = at.at("SubnetId").text();
      return { at, id: at.at("NatGatewayId").text() ?? "", ...(subnet !== undefined && { subnet }) };
    }),
    ...(way && { internetGateway: { at: way, id: way.at("InternetGatewayId").text() ?? "" } }),
    endpoints: endpoints.map(endpointOf),
  };
}

/** Deleted ones are listed for an hour. */
function isThere(gateway: Part): boolean {
  return gateway.at("State").text() !== "deleted";
}

function vpcOf(at: Part, id: string): FoundVpc {
  const cidr = at.at("CidrBlock").text();
  const more = at
    .at("CidrBlockAssociationSet")
    .items()
    .flatMap((each) => {
      const range = each.at("CidrBlock");
      const text = range.text();
      return text === undefined || text === cidr ? [] : [fact(text, range)];
    });
  const ipv6 = at.at("Ipv6CidrBlockAssociationSet");
  tellUnlike(at.at("InstanceTenancy"), isUsualTenancy, SAYS.tenancy);
  tellUnlike(at.at("EncryptionControl"), () => false, SAYS.encryption);
  return {
    at,
    id,
    ...(cidr !== undefined && { cidr }),
    secondaryCidrs: more,
    ...(ipv6.there && { ipv6 }),
    tags: tagFacts(at.at("Tags")),
  };
}

interface Table {
  readonly at: Part;
  readonly id: string;
  readonly role: Role;
  readonly isMain: boolean;
  readonly subnets: readonly string[];
}

function tableOf(at: Part): Table {
  const associations = at.at("Associations").items();
  const routes = at.at("Routes").items();
  const out = routes.find((each) => each.at("DestinationCidrBlock").text() === "0.0.0.0/0");
  const isPublic = out?.at("GatewayId").text()?.startsWith("igw-") === true;
  return {
    at,
    id: at.at("RouteTableId").text() ?? "",
    role: isPublic ? "public" : out === undefined ? "isolated" : "private",
    isMain: associations.some((each) => each.at("Main").flag() === true),
    subnets: associations.flatMap((each) => each.at("SubnetId").text() ?? []),
  };
}

/** A subnet that no table names has the VPC's main one. */
function subnetOf(at: Part, tables: readonly Table[]): FoundSubnet {
  const id = at.at("SubnetId").text() ?? "";
  const table = tables.find(({ subnets }) => subnets.includes(id)) ?? tables.find(({ isMain }) => isMain);
  const zone = at.at("AvailabilityZone").text();
  const cidr = at.at("CidrBlock").text();
  const tags = tagsOf(at.at("Tags"));
  return {
    at,
    id,
    ...(zone !== undefined && { zone }),
    ...(cidr !== undefined && { cidr }),
    role: table?.role ?? "private",
    name: tags.Name ?? id,
    tags,
    ...(table && { routeTable: table.id }),
  };
}

function endpointOf(at: Part): FoundEndpoint {
  const service = at.at("ServiceName").text() ?? "";
  tellUnlike(at.at("PolicyDocument"), isOpenPolicy, SAYS.policy);
  return {
    at,
    id: at.at("VpcEndpointId").text() ?? "",
    service: /^com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(service)?.[1] ?? service,
    kind: at.at("VpcEndpointType").text() ?? "Gateway",
  };
}

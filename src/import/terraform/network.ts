import { fact } from "../found/fact";
import type {
  FoundEndpoint,
  FoundNatGateway,
  FoundNetwork,
  FoundSubnet,
  FoundThing,
  FoundVpc,
  Role,
} from "../found/network";
import { isOpenPolicy, isUsualTenancy, SAYS, tellUnlike } from "../found/unlike";
import { factsIn } from "../part-facts";
import type { Links } from "./links";
import type { Resource } from "./project";

/** The VPC of the cluster with all that is in it; of several, the first where there is none. */
export function networkIn(links: Links, cluster: Resource | undefined): FoundNetwork {
  const vpc = vpcOf(links, cluster);
  if (vpc === undefined) return { subnets: [], routeTables: [], natGateways: [], endpoints: [] };
  const inside = (...types: readonly string[]) =>
    links.of(...types).filter((each) => {
      const [own] = links.from(each, "vpc_id", "aws_vpc");
      return own === undefined || own === vpc;
    });
  const subnets = inside("aws_subnet");
  const tables = inside("aws_route_table", "aws_default_route_table");
  const [internetGateway] = inside("aws_internet_gateway");
  return {
    vpc: foundVpc(
      links.use(vpc),
      inside("aws_vpc_ipv4_cidr_block_association").map((each) => links.use(each)),
    ),
    subnets: subnets.map((each) => foundSubnet(links.use(each), links)),
    routeTables: tables.map((each) => thing(each.type === "aws_route_table" ? links.use(each) : each)),
    natGateways: links
      .of("aws_nat_gateway")
      .filter((each) => links.from(each, "subnet_id", "aws_subnet").every((one) => subnets.includes(one)))
      .map((each) => natGateway(links.use(each), links)),
    ...(internetGateway && { internetGateway: thing(links.use(internetGateway)) }),
    endpoints: inside("aws_vpc_endpoint").map((each) => endpoint(links.use(each))),
  };
}

export function thing({ part, address, values, isData }: Resource): FoundThing {
  const { id } = values;
  return { at: part, ...(typeof id === "string" && { id }), ...(!isData && { address }) };
}

function vpcOf(links: Links, cluster: Resource | undefined): Resource | undefined {
  const subnets = cluster === undefined ? [] : links.from(cluster, "vpc_config", "aws_subnet");
  const [own] = subnets.flatMap((each) => links.from(each, "vpc_id", "aws_vpc"));
  return own ?? links.of("aws_vpc")[0];
}

function foundVpc(vpc: Resource, more: readonly Resource[]): FoundVpc {
  const { part } = vpc;
  const cidr = part.at("cidr_block").text();
  const ipv6 = part.at("assign_generated_ipv6_cidr_block");
  const hostnames = part.at("enable_dns_hostnames").flag();
  tellUnlike(part.at("instance_tenancy"), isUsualTenancy, SAYS.tenancy);
  return {
    ...thing(vpc),
    ...(cidr !== undefined && { cidr }),
    secondaryCidrs: more.flatMap(({ part: each }) => {
      const range = each.at("cidr_block");
      const text = range.text();
      return text === undefined ? [] : [fact(text, range)];
    }),
    ...(ipv6.flag() === true && { ipv6 }),
    ...(hostnames !== undefined && { dnsHostnames: hostnames }),
    tags: factsIn(part.at("tags")),
  };
}

function tagsOf({ part }: Resource): Readonly<Record<string, string>> {
  return Object.fromEntries(
    part
      .at("tags")
      .entries()
      .map(([key, value]) => [key, value.text() ?? ""]),
  );
}

function foundSubnet(subnet: Resource, links: Links): FoundSubnet {
  const { part } = subnet;
  const zone = part.at("availability_zone").text();
  const cidr = part.at("cidr_block").text();
  const tables = tablesOf(subnet, links);
  const id = tables.map(({ values }) => values.id).find((each) => typeof each === "string");
  return {
    ...thing(subnet),
    ...(zone !== undefined && { zone }),
    ...(cidr !== undefined && { cidr }),
    role: roleOf(subnet, tables, links),
    name: subnet.name,
    tags: tagsOf(subnet),
    ...(id !== undefined && { routeTable: id }),
  };
}

function tablesOf(subnet: Resource, links: Links): readonly Resource[] {
  return links.of("aws_route_table_association").flatMap((each) => {
    if (!links.from(each, "subnet_id", "aws_subnet").includes(subnet)) return [];
    return links.from(links.use(each), "route_table_id", "aws_route_table", "aws_default_route_table");
  });
}

/** By its routes where they are known, else by what the VPC module or its tags call it. */
function roleOf(subnet: Resource, tables: readonly Resource[], links: Links): Role {
  if (subnet.part.at("map_public_ip_on_launch").flag() === true) return "public";
  if (tables.length === 0) {
    if (/public/i.test(subnet.name)) return "public";
    return /intra|isolated|database/i.test(subnet.name) ? "isolated" : "private";
  }
  const routes = links
    .of("aws_route")
    .filter((each) =>
      links.from(each, "route_table_id", "aws_route_table").some((one) => tables.includes(one)),
    )
    .map((each) => links.use(each));
  const ways = [...routes, ...tables];
  const leads = (type: string, attribute: string) =>
    ways.some(
      (each) =>
        links.from(each, each.type === "aws_route" ? attribute : "route", type).length > 0 ||
        holdsId(each.values[each.type === "aws_route" ? attribute : "route"], /^igw-/, type),
    );
  if (leads("aws_internet_gateway", "gateway_id")) return "public";
  return ways.some(isDefaultRoute) ? "private" : "isolated";
}

function holdsId(value: unknown, id: RegExp, type: string): boolean {
  return (
    type === "aws_internet_gateway" && id.test(JSON.stringify(value ?? "").replace(/^.*?"gateway_id":"/s, ""))
  );
}

/** Whatever it leads to. */
function isDefaultRoute({ values }: Resource): boolean {
  return /"0\.0\.0\.0\/0"/.test(JSON.stringify([values.destination_cidr_block, values.route]));
}

function natGateway(gateway: Resource, links: Links): FoundNatGateway {
  const [subnet] = links.from(gateway, "subnet_id", "aws_subnet");
  const id = subnet?.values.id;
  return { ...thing(gateway), ...(typeof id === "string" && { subnet: id }) };
}

function endpoint(each: Resource): FoundEndpoint {
  const service = each.part.at("service_name").text() ?? each.key;
  tellUnlike(each.part.at("policy"), isOpenPolicy, SAYS.policy);
  const known = /^com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(service)?.[1];
  return {
    ...thing(each),
    service: known ?? (each.key === "" ? service : each.key),
    kind: each.part.at("vpc_endpoint_type").text() ?? "Gateway",
  };
}

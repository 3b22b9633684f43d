import { contains, parseCidr } from "../../src/ip-capacity/cidr";
import type { Target } from "../../src/model/target";
import { type Block, moduleInputs, modulesOf, resourcesOf, synthTarget } from "./synth";

/** Terraform JSON of stacks, by name. */
export type Stacks = Readonly<Record<string, string>>;

const known = new Map<Target, Stacks>();

function synthesized(target: Target): Stacks {
  const stacks = known.get(target) ?? synthTarget(target);
  known.set(target, stacks);
  return stacks;
}

/** Resources of a target: those of its stacks, and those that a peer's federation stack makes for it. */
export function stacksFor(target: Target, fleet: readonly Target[]): Stacks {
  const own = Object.entries(synthesized(target)).map(([name, json]): [string, string] => [
    name,
    onlyOf(json, undefined),
  ]);
  const names = target.peers.map(({ name }) => name);
  const peers = fleet
    .filter(({ name }) => names.includes(name))
    .flatMap((peer): [string, string][] => {
      const { federation } = synthesized(peer);
      return federation === undefined
        ? []
        : [[`federation of ${peer.name}`, onlyOf(federation, `aws.${target.workspace}`)]];
    });
  return Object.fromEntries([...own, ...peers]);
}

/** Without what is of another target's provider. */
function onlyOf(json: string, provider: string | undefined): string {
  const { resource = {}, ...others } = JSON.parse(json) as Record<string, Block> & {
    resource?: Record<string, Record<string, Block>>;
  };
  const kept = Object.entries(resource).map(([type, all]): [string, unknown] => [
    type,
    Object.fromEntries(
      Object.entries(all).filter(([, block]) =>
        provider === undefined
          ? !/^aws\../.test(String(block.provider)) || block.provider === undefined
          : block.provider === provider,
      ),
    ),
  ]);
  return JSON.stringify({ ...(provider === undefined && others), resource: Object.fromEntries(kept) });
}

/** Where something that answers lies: subnets of one kind have one set of route tables. */
export type Place = "nodes" | "public" | "control-plane";

/** A range that a security group or a network ACL lets in, and where the answer leaves. */
export interface Admitted {
  readonly place: Place;
  readonly cidr: string;
  /** The rule, for messages. */
  readonly by: string;
}

const WORLD = "0.0.0.0/0";
const IPV6_WORLD = "::/0";

/**
 * Every range that the stacks of a target let in, but the VPC's own and those that AWS chooses. The internet is left
 * out for IPv4: load balancers keep clients' addresses, and S3 answers by its gateway endpoint.
 */
export function admittedRanges(stacks: Stacks, vpcCidrs: readonly string[]): Admitted[] {
  const all = Object.entries(stacks).flatMap(([stack, json]) => [
    ...fromAcls(json),
    ...fromModule(json),
    ...fromRules(stack, json),
    ...fromServices(json),
  ]);
  return all.filter(({ cidr }) => {
    if (cidr.includes("${") || cidr === WORLD) return false;
    return cidr.includes(":") || !vpcCidrs.some((own) => contains(parseCidr(own), parseCidr(cidr)));
  });
}

function fromAcls(json: string): Admitted[] {
  return Object.entries(resourcesOf(json, "aws_network_acl")).flatMap(([address, acl]) => {
    const place = address.replace("network-acls_", "") as Place;
    return (acl.ingress as readonly Block[]).flatMap(({ cidr_block, ipv6_cidr_block }) =>
      [cidr_block, ipv6_cidr_block]
        .filter((cidr) => typeof cidr === "string")
        .map((cidr) => ({ place, cidr, by: address })),
    );
  });
}

/** Groups of the EKS module: the first is the API server's. */
function fromModule(json: string): Admitted[] {
  if (!("cluster_eks" in modulesOf(json))) return [];
  const inputs = moduleInputs(json, "cluster_eks");
  const rules = (name: string, place: Place): Admitted[] =>
    Object.entries((inputs[name] ?? {}) as Record<string, Block>)
      .filter(([, { type = "ingress" }]) => type === "ingress")
      .flatMap(([by, { cidr_blocks = [] }]) =>
        (cidr_blocks as readonly string[]).map((cidr) => ({ place, cidr, by })),
      );
  return [
    ...rules("security_group_additional_rules", "control-plane"),
    ...rules("node_security_group_additional_rules", "nodes"),
  ];
}

/** Single rules: of nodes, internal load balancers and resolver endpoints, which are all in the nodes' subnets. */
function fromRules(stack: string, json: string): Admitted[] {
  return Object.entries(resourcesOf(json, "aws_vpc_security_group_ingress_rule")).flatMap(
    ([address, { cidr_ipv4, cidr_ipv6 }]) =>
      [cidr_ipv4, cidr_ipv6]
        .filter((cidr) => typeof cidr === "string")
        .map((cidr) => ({ place: "nodes" as const, cidr, by: `${stack}: ${address}` })),
  );
}

/** Internal load balancers that a chart or a Service asks for; public ones answer by the internet gateway. */
function fromServices(json: string): Admitted[] {
  return Object.entries(resourcesOf(json, "helm_release")).flatMap(([address, { values }]) => {
    const text = (values as readonly string[]).join();
    if (text.includes("internet-facing")) return [];
    return [...text.matchAll(/"loadBalancerSourceRanges":\[([^\]]*)\]/g)].flatMap(([, list = ""]) =>
      [...list.matchAll(/"([\d.]+\/\d+)"/g)].map(([, cidr = ""]) => ({
        place: "nodes" as const,
        cidr,
        by: address,
      })),
    );
  });
}

/** Destinations of a place's route tables; of several tables those that all have. */
export function routedFrom(place: Place, stacks: Stacks, zones: readonly string[]): string[] {
  const tables = {
    nodes: zones.map((zone) => `private-${zone}`),
    public: ["public"],
    "control-plane": ["control-plane"],
  }[place];
  const byTable = tables.map(
    (table) => new Set<string>(Object.values(stacks).flatMap((json) => routesOf(json, table))),
  );
  const [first = new Set<string>()] = byTable;
  return [...first].filter((cidr) => byTable.every((each) => each.has(cidr)));
}

function routesOf(json: string, table: string): string[] {
  return Object.values(resourcesOf(json, "aws_route"))
    .filter(({ route_table_id }) => isTable(String(route_table_id), table))
    .flatMap(({ destination_cidr_block, destination_ipv6_cidr_block }) =>
      [destination_cidr_block, destination_ipv6_cidr_block].filter((cidr) => typeof cidr === "string"),
    );
}

/** As the network stack knows it, and as others read it from that stack's state. */
function isTable(expression: string, table: string): boolean {
  const zone = table.replace("private-", "");
  return (
    expression.includes(`aws_route_table.network_routes-${table}.`) ||
    (table === "control-plane"
      ? expression.includes(".outputs.control_plane_route_table_id")
      : table !== "public" &&
        expression.includes(".outputs.node_route_table_ids") &&
        expression.includes(`"${zone}"`))
  );
}

/** Whether a route leads to a range. Of the way into the internet only what is not private. */
export function leadsTo(routes: readonly string[], cidr: string): boolean {
  if (cidr.includes(":")) return routes.includes(cidr) || routes.includes(IPV6_WORLD);
  return routes
    .filter((route) => !route.includes(":") && route !== WORLD)
    .some((route) => contains(parseCidr(route), parseCidr(cidr)));
}

import type { Resource } from "../../guardrails/resource";
import { at, isFalse, isTrue, items, text, toNumber, type Value } from "../../values/value";
import type { Ports, PacketRule } from "./first-match";
import { type ExistingNetwork, existingNetworks } from "./existing-networks";
import { deciderOf, Keys, type Key } from "./keys";
import { labelsOf } from "./tags";
import { parseRange, type Range } from "./ranges";

export interface Vpc {
  readonly key: Key;
  /** Workspace of the target that makes it. */
  readonly target: string;
  /** Its local routes. */
  readonly ranges: readonly Range[];
  /** Both are needed for names of endpoints and private zones (VPC User Guide, "DNS attributes for your VPC"). */
  readonly dns: boolean;
}

export interface Subnet {
  readonly key: Key;
  readonly vpc: Key;
  readonly zone: string;
  readonly ranges: readonly Range[];
  /** Whether interfaces get public addresses at launch. */
  readonly isPublic: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Acl {
  readonly key: Key;
  /** By rule number; what no rule fits is denied. */
  readonly ingress: readonly PacketRule[];
  readonly egress: readonly PacketRule[];
}

export interface Subnets {
  readonly vpcs: ReadonlyMap<Key, Vpc>;
  readonly subnets: ReadonlyMap<Key, Subnet>;
  readonly aclOf: (subnet: Subnet) => Acl;
  /** The table of a subnet; undefined: the VPC's main one, which holds local routes only here. */
  readonly tableOf: (subnet: Subnet) => Key | undefined;
}

/** A stack's name is its target's workspace and the stack's own, which holds no dash. */
export function targetOf(stack: string): string {
  return stack.slice(0, Math.max(stack.lastIndexOf("-"), 0));
}

export function readSubnets(keys: Keys): Subnets {
  const vpcs = new Map(
    keys
      .ofType("aws_vpc")
      .map((each) => [Keys.of(each), vpcOf(each, keys.ofType("aws_vpc_ipv4_cidr_block_association"), keys)]),
  );
  const subnets = new Map(keys.ofType("aws_subnet").map((each) => [Keys.of(each), subnetOf(each, keys)]));
  const tables = new Map(
    keys.ofType("aws_route_table_association").flatMap((each) => {
      const subnet = keys.key(each.attributes.subnet_id, each.stack);
      const table = keys.key(each.attributes.route_table_id, each.stack);
      return subnet === undefined || table === undefined ? [] : [[subnet, table] as const];
    }),
  );
  const existing = existingNetworks(keys.resources);
  for (const each of existing) {
    vpcs.set(each.vpc, existingVpc(each, keys));
    for (const subnet of each.subnets) {
      subnets.set(subnet.id, existingSubnet(subnet, each, keys));
      tables.set(subnet.id, subnet.table);
    }
  }
  const foreign = new Set(existing.map(({ vpc }) => vpc));
  const acls = aclsBySubnet(keys, keys.ofType("aws_network_acl"), keys.ofType("aws_network_acl_rule"));
  const defaults = new Map(
    keys.ofType("aws_default_network_acl").map((each) => [each.stack, aclOf(each, [], keys)] as const),
  );
  return {
    vpcs,
    subnets,
    tableOf: ({ key }) => tables.get(key),
    aclOf: ({ key, vpc }) =>
      acls.get(key) ??
      (foreign.has(vpc) ? unreadAcl(vpc) : (defaults.get(deciderOf(vpc).stack) ?? openAcl(vpc))),
  };
}

function vpcOf(vpc: Resource, associations: readonly Resource[], keys: Keys): Vpc {
  const { attributes, stack } = vpc;
  const key = Keys.of(vpc);
  // A module's own association names no VPC by its id.
  const secondary = associations.filter(
    (each) =>
      each.stack === stack &&
      (each.attributes.vpc_id === "this" || keys.key(each.attributes.vpc_id, stack) === key),
  );
  return {
    key,
    target: targetOf(stack),
    ranges: [
      keys.range(attributes.cidr_block, stack),
      ...secondary.map((each) => keys.range(each.attributes.cidr_block, stack)),
      ...(isTrue(attributes.assign_generated_ipv6_cidr_block) ? [{ kind: "block", vpc: key } as const] : []),
    ],
    dns: !isFalse(attributes.enable_dns_support) && !isFalse(attributes.enable_dns_hostnames),
  };
}

function subnetOf(subnet: Resource, keys: Keys): Subnet {
  const { attributes, stack } = subnet;
  const ranges = [attributes.cidr_block, attributes.ipv6_cidr_block].filter(
    (each) => each !== undefined && each !== null,
  );
  return {
    key: Keys.of(subnet),
    vpc: keys.key(attributes.vpc_id, stack) ?? "?vpc_id",
    zone: text(attributes.availability_zone),
    ranges: ranges.map((each) => keys.range(each, stack)),
    isPublic: isTrue(attributes.map_public_ip_on_launch),
    tags: labelsOf(attributes.tags),
  };
}

/** A plan compares both with the VPC that is there, and asks for both DNS attributes. */
function existingVpc({ vpc, stack, ranges }: ExistingNetwork, keys: Keys): Vpc {
  return {
    key: vpc,
    target: targetOf(stack),
    ranges: ranges.map((each) => keys.range(each, stack)),
    dns: true,
  };
}

function existingSubnet(
  { id, zone, cidr, tags }: ExistingNetwork["subnets"][number],
  { vpc, stack }: ExistingNetwork,
  keys: Keys,
): Subnet {
  // Whether interfaces get public addresses there, its owner knows: private ones reach no internet gateway.
  return { key: id, vpc, zone, ranges: [keys.range(cidr, stack)], isPublic: false, tags };
}

/** Of somebody else's ACLs nothing is known. */
function unreadAcl(vpc: Key): Acl {
  const text = `what the network ACLs of ${vpc} let through`;
  const rule: PacketRule = {
    action: "allow",
    protocol: "any",
    range: { kind: "unknown", text },
    decider: deciderOf(vpc),
  };
  return { key: vpc, ingress: [rule], egress: [rule] };
}

function aclsBySubnet(
  keys: Keys,
  acls: readonly Resource[],
  rules: readonly Resource[],
): ReadonlyMap<Key, Acl> {
  return new Map(
    acls.flatMap((acl) => {
      const key = Keys.of(acl);
      const own = rules.filter((each) => keys.key(each.attributes.network_acl_id, each.stack) === key);
      const read = aclOf(acl, own, keys);
      return keys.keys(acl.attributes.subnet_ids, acl.stack).map((subnet) => [subnet, read] as const);
    }),
  );
}

function aclOf(acl: Resource, single: readonly Resource[], keys: Keys): Acl {
  const of = (egress: boolean): PacketRule[] =>
    [
      ...items(acl.attributes[egress ? "egress" : "ingress"]).map((rule) => ({
        number: toNumber(at(rule, "rule_no")) ?? 0,
        rule: packetRule(rule, at(rule, "action"), acl, keys),
      })),
      ...single
        .filter((each) => isTrue(each.attributes.egress) === egress)
        .map((each) => ({
          number: toNumber(each.attributes.rule_number) ?? 0,
          rule: packetRule(each.attributes, each.attributes.rule_action, each, keys),
        })),
    ]
      .sort((a, b) => a.number - b.number)
      .map(({ rule }) => rule);
  return { key: Keys.of(acl), ingress: of(false), egress: of(true) };
}

function packetRule(rule: Value, action: Value, { stack, address }: Resource, keys: Keys): PacketRule {
  const ipv4 = at(rule, "cidr_block");
  return {
    action: action === "allow" ? "allow" : "deny",
    protocol: protocolOf(at(rule, "protocol")),
    range: keys.range(ipv4 === undefined || ipv4 === null ? at(rule, "ipv6_cidr_block") : ipv4, stack),
    ...portsOf(at(rule, "protocol"), at(rule, "from_port"), at(rule, "to_port")),
    decider: { stack, address },
  };
}

/** Protocols go by name or by IANA's number; -1 is any. */
export function protocolOf(protocol: Value): PacketRule["protocol"] {
  const name = text(protocol).toLowerCase();
  if (name === "-1" || name === "all") return "any";
  if (name === "tcp" || name === "6") return "tcp";
  return name === "udp" || name === "17" ? "udp" : "other";
}

/** No ports where the protocol is any. */
export function portsOf(protocol: Value, from: Value, to: Value): { ports?: Ports | "unknown" } {
  if (protocolOf(protocol) === "any") return {};
  const [first, last] = [toNumber(from), toNumber(to)];
  return { ports: first === undefined || last === undefined ? "unknown" : { from: first, to: last } };
}

/** A VPC's default ACL lets everything pass until somebody changes it (VPC User Guide, "Default network ACL"). */
function openAcl(vpc: Key): Acl {
  const rules = ["0.0.0.0/0", "::/0"].map((range): PacketRule => ({
    action: "allow",
    protocol: "any",
    range: parseRange(range) ?? { kind: "unknown", text: range },
    decider: deciderOf(vpc),
  }));
  return { key: vpc, ingress: rules, egress: rules };
}

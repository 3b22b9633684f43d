import type { Resource } from "../../guardrails/resource";
import { at, isTrue, isUnknown, items, type Value } from "../../values/value";
import type { PacketRule } from "./first-match";
import { deciderOf, eksGroup, isKnown, Keys, type Key } from "./keys";
import { portsOf, protocolOf } from "./network";
import { ANYWHERE, type Range } from "./ranges";

export interface GroupRule extends Omit<PacketRule, "range" | "action"> {
  /** The far end: a range, or interfaces that carry a group. */
  readonly peer: Range | { readonly kind: "group"; readonly key: Key };
}

export interface SecurityGroup {
  readonly key: Key;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
}

export type Groups = ReadonlyMap<Key, SecurityGroup>;

export function readGroups(keys: Keys): Groups {
  const groups = new Map<Key, { key: Key; ingress: GroupRule[]; egress: GroupRule[] }>();
  const group = (key: Key) => {
    const found = groups.get(key) ?? { key, ingress: [], egress: [] };
    groups.set(key, found);
    return found;
  };
  for (const resource of keys.resources) {
    if (resource.type === "aws_security_group") group(Keys.of(resource));
    if (resource.type === "aws_eks_cluster") madeByEks(Keys.of(resource), group(eksGroup(Keys.of(resource))));
    if (resource.type === "aws_default_security_group")
      defaultRules(resource, keys, group(Keys.of(resource)));
    if (resource.type !== "sg-rule") continue;
    const key = keys.key(resource.attributes.group, resource.stack);
    if (key === undefined) continue;
    const direction = resource.attributes.direction === "egress" ? "egress" : "ingress";
    group(key)[direction].push(...ruleOf(resource, key, keys));
  }
  return groups;
}

/** EKS User Guide, "View Amazon EKS security group requirements for clusters": everything from itself, and out to anywhere. */
function madeByEks(cluster: Key, group: { key: Key; ingress: GroupRule[]; egress: GroupRule[] }): void {
  const rule = { protocol: "any", decider: deciderOf(cluster) } as const;
  group.ingress.push({ ...rule, peer: { kind: "group", key: group.key } });
  group.egress.push({ ...rule, peer: ANYWHERE[4] }, { ...rule, peer: ANYWHERE[6] });
}

function defaultRules(
  resource: Resource,
  keys: Keys,
  group: { key: Key; ingress: GroupRule[]; egress: GroupRule[] },
): void {
  for (const direction of ["ingress", "egress"] as const)
    for (const block of items(resource.attributes[direction]))
      group[direction].push(
        ...ruleOf(
          {
            ...resource,
            attributes: {
              fromPort: at(block, "from_port"),
              toPort: at(block, "to_port"),
              protocol: at(block, "protocol"),
              cidrs: [...items(at(block, "cidr_blocks")), ...items(at(block, "ipv6_cidr_blocks"))],
              groups: at(block, "security_groups"),
              self: at(block, "self"),
              prefixLists: at(block, "prefix_list_ids"),
            },
          },
          group.key,
          keys,
        ),
      );
}

function ruleOf({ attributes, stack, address }: Resource, own: Key, keys: Keys): GroupRule[] {
  const { protocol, fromPort, toPort, cidrs, groups, self, prefixLists } = attributes;
  const rule = {
    protocol: protocolOf(protocol),
    ...portsOf(protocol, fromPort, toPort),
    decider: { stack, address },
  };
  const ofGroups = keys.keys(groups, stack).map((key): GroupRule["peer"] => ({ kind: "group", key }));
  return [
    ...rangesOf(cidrs, stack, keys),
    ...ofGroups,
    ...(isTrue(self) ? [{ kind: "group", key: own } as const] : []),
    ...items(prefixLists).map((each): Range => ({ kind: "unknown", text: keys.text(each, stack) })),
  ].map((peer) => ({ ...rule, peer }));
}

function rangesOf(cidrs: Value, stack: string, keys: Keys): Range[] {
  return isUnknown(cidrs) ? [keys.range(cidrs, stack)] : items(cidrs).map((each) => keys.range(each, stack));
}

/**
 * Rules of groups towards a far end, in the shape that network ACLs have: all allow, none denies. A reference to a
 * group holds for interfaces that carry it (VPC User Guide, "Security group referencing").
 *
 * @param carried groups of the far end; undefined where the stacks make no such interface
 */
export function rulesTowards(
  direction: "ingress" | "egress",
  own: readonly Key[],
  carried: readonly Key[] | undefined,
  groups: Groups,
): PacketRule[] {
  return own.flatMap((key) =>
    (groups.get(key)?.[direction] ?? []).flatMap(({ peer, ...rule }): PacketRule[] => {
      if (peer.kind !== "group") return [{ ...rule, action: "allow", range: peer }];
      if (carried?.includes(peer.key)) return [{ ...rule, action: "allow", range: "any" }];
      // A group that nobody knows may be among them.
      const open = !isKnown(peer.key) || (carried ?? []).some((each) => !isKnown(each));
      return open && carried !== undefined
        ? [{ ...rule, action: "allow", range: { kind: "unknown", text: peer.key } }]
        : [];
    }),
  );
}

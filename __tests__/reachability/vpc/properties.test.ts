import fc from "fast-check";
import { connects, type Rule, type RuleSet } from "../../../src/network-acls/rules";
import { verdictOf } from "../../../src/reachability/hop";
import { decideVpc } from "../../../src/reachability/vpc/decide";
import type { InterfacePlace } from "../../../src/reachability/vpc/places";
import type { VpcWorld } from "../../../src/reachability/vpc/world";
import { worldWith } from "./worlds";

const stack = "test-network";
const HERE = "10.0.1.0/24";
const THERE = "10.0.2.0/24";

type Acls = readonly [here: RuleSet, there: RuleSet];
interface GroupRule {
  readonly group: "here" | "there";
  readonly direction: "ingress" | "egress";
  readonly peer: { readonly cidr: string } | { readonly group: "here" | "there" };
  readonly from: number;
  readonly to: number;
}

/** Two subnets of a VPC, each with a network ACL and an interface with a group. */
function worldOf([here, there]: Acls, groupRules: readonly GroupRule[]): VpcWorld {
  const blocks = (rules: readonly Rule[]) =>
    rules.map(({ number, action, protocol, range, ports }) => ({
      rule_no: number,
      action,
      protocol: protocol === "all" ? "-1" : protocol,
      cidr_block: range.cidr,
      from_port: ports?.from ?? 0,
      to_port: ports?.to ?? (protocol === "all" ? 0 : 65535),
    }));
  const acl = (name: string, { ingress, egress }: RuleSet) => ({
    subnet_ids: [`\${aws_subnet.${name}.id}`],
    ingress: blocks(ingress),
    egress: blocks(egress),
  });
  const vpc = { vpc_id: "${aws_vpc.vpc.id}" };
  const rules = (direction: string) =>
    Object.fromEntries(
      groupRules
        .filter((each) => each.direction === direction)
        .map(({ group, peer, from, to }, index): [string, object] => [
          `rule${index}`,
          {
            security_group_id: `\${aws_security_group.${group}.id}`,
            ip_protocol: "tcp",
            from_port: from,
            to_port: to,
            ...("cidr" in peer
              ? { cidr_ipv4: peer.cidr }
              : { referenced_security_group_id: `\${aws_security_group.${peer.group}.id}` }),
          },
        ]),
    );
  return worldWith({
    aws_vpc: { vpc: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: { here: { ...vpc, cidr_block: HERE }, there: { ...vpc, cidr_block: THERE } },
    aws_network_acl: { here: acl("here", here), there: acl("there", there) },
    aws_security_group: { here: vpc, there: vpc },
    aws_vpc_security_group_ingress_rule: rules("ingress"),
    aws_vpc_security_group_egress_rule: rules("egress"),
  });
}

const place = (name: "here" | "there"): InterfacePlace => ({
  kind: "node",
  target: "test",
  name,
  subnets: [`${stack}/aws_subnet.${name}`],
  securityGroups: [`${stack}/aws_security_group.${name}`],
});
const verdict = (world: VpcWorld, port: number) =>
  verdictOf(decideVpc(world, place("here"), place("there"), port));

const port = fc.constantFrom(22, 443, 1023, 1024, 8080, 32767, 65535);
const ports = fc.tuple(port, port).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const cidr = fc.constantFrom(
  "0.0.0.0/0",
  "10.0.0.0/16",
  HERE,
  THERE,
  "10.0.1.0/25",
  "10.0.2.128/25",
  "192.0.2.0/24",
);
const aclRule = fc
  .tuple(
    fc.constantFrom("allow" as const, "allow" as const, "deny" as const),
    cidr,
    fc.option(ports),
    fc.constantFrom("all" as const, "tcp" as const),
  )
  .map(([action, each, range, protocol]): Omit<Rule, "number"> => ({
    action,
    protocol: range === null ? protocol : "tcp",
    range: { family: "ipv4", cidr: each },
    ...(range !== null && { ports: range }),
  }));
const aclRules = fc
  .tuple(fc.array(aclRule, { maxLength: 3 }), fc.integer({ min: 0, max: 9 }))
  .map(([rules, last]): Rule[] => {
    const rest = {
      action: "allow",
      protocol: "all",
      range: { family: "ipv4", cidr: "10.0.0.0/16" },
    } as const;
    // Mostly the rest passes, or nothing would.
    return [...rules, ...(last > 0 ? [rest] : [])].map((each, index) => ({
      ...each,
      number: 100 + index * 10,
    }));
  });
const acl = fc.record({ ingress: aclRules, egress: aclRules });
const acls: fc.Arbitrary<Acls> = fc.tuple(acl, acl);
const OPEN: readonly GroupRule[] = [
  { group: "here", direction: "egress", peer: { cidr: "0.0.0.0/0" }, from: 0, to: 65535 },
  { group: "there", direction: "ingress", peer: { group: "here" }, from: 0, to: 65535 },
];
const OPEN_ACL: RuleSet = (() => {
  const rules: Rule[] = [
    { number: 100, action: "allow", protocol: "all", range: { family: "ipv4", cidr: "0.0.0.0/0" } },
  ];
  return { ingress: rules, egress: rules };
})();

/** Every address and port that could fare unlike its neighbours: rules begin and end at no others. */
const ADDRESSES = [0, 127, 128, 255];
const EPHEMERAL = [1024, 1025, 8079, 8080, 8081, 32766, 32767, 32768, 65534, 65535];

test("a connection passes where every packet of it passes the ACLs of both subnets, in both directions", () => {
  let passed = 0;
  fc.assert(
    fc.property(acls, port, ([here, there], number) => {
      const all = ADDRESSES.every((last) =>
        EPHEMERAL.every(
          (ephemeralPort) =>
            connects(here, {
              protocol: "tcp",
              from: "subnet",
              peer: `10.0.2.${last}`,
              port: number,
              ephemeralPort,
            }) &&
            connects(there, {
              protocol: "tcp",
              from: "peer",
              peer: `10.0.1.${last}`,
              port: number,
              ephemeralPort,
            }),
        ),
      );
      passed += all ? 1 : 0;
      expect(verdict(worldOf([here, there], OPEN), number)).toBe(all ? "allowed" : "denied");
    }),
    { numRuns: 400 },
  );
  // Else it would say little.
  expect(passed).toBeGreaterThan(10);
});

test.each([
  ["out of the sender's subnet", 0, "egress"],
  ["back into the sender's subnet", 0, "ingress"],
  ["into the receiver's subnet", 1, "ingress"],
  ["back out of the receiver's subnet", 1, "egress"],
] as const)("without a rule %s nothing passes", (_title, which, direction) => {
  const both: Acls = [OPEN_ACL, OPEN_ACL];
  expect(verdict(worldOf(both, OPEN), 8080)).toBe("allowed");
  const closed = both.map((each, index) => (index === which ? { ...each, [direction]: [] } : each));
  expect(verdict(worldOf([closed[0] ?? OPEN_ACL, closed[1] ?? OPEN_ACL], OPEN), 8080)).toBe("denied");
});

const groupRule = fc
  .record({
    group: fc.constantFrom("here" as const, "there" as const),
    direction: fc.constantFrom("ingress" as const, "egress" as const),
    peer: fc.oneof(
      cidr.map((each) => ({ cidr: each })),
      fc.constantFrom({ group: "here" as const }, { group: "there" as const }),
    ),
    range: ports,
  })
  .map(({ range, ...rule }): GroupRule => ({ ...rule, ...range }));
const RANK = { denied: 0, undecided: 1, allowed: 2 } as const;

test("one more rule of a security group never closes a way", () => {
  fc.assert(
    fc.property(fc.array(groupRule, { maxLength: 8 }), groupRule, port, (rules, added, number) => {
      const both: Acls = [OPEN_ACL, OPEN_ACL];
      const before = verdict(worldOf(both, rules), number);
      const after = verdict(worldOf(both, [...rules, added]), number);
      return RANK[after] >= RANK[before];
    }),
    { numRuns: 300 },
  );
});

test("security groups remember a connection: no rule is needed for its answers", () => {
  expect(verdict(worldOf([OPEN_ACL, OPEN_ACL], OPEN), 8080)).toBe("allowed");
});

test("one more rule of an ACL that allows never closes a way, and one that denies never opens one", () => {
  fc.assert(
    fc.property(
      acls,
      aclRule,
      fc.nat(3),
      fc.constantFrom("ingress" as const, "egress" as const),
      port,
      ([here, there], added, at, direction, number) => {
        const before = verdict(worldOf([here, there], OPEN), number);
        const more = { ...here, [direction]: [...here[direction], { ...added, number: 95 + at * 10 }] };
        const after = verdict(worldOf([more, there], OPEN), number);
        return added.action === "allow" ? RANK[after] >= RANK[before] : RANK[after] <= RANK[before];
      },
    ),
    { numRuns: 300 },
  );
});

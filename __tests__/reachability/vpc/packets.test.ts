import fc from "fast-check";
import { firstMatch, type PacketRule, together } from "../../../src/reachability/vpc/first-match";
import { ANYWHERE, parseRange, type Range, shareOf } from "../../../src/reachability/vpc/ranges";

const by = { stack: "test", address: "acl" };
const range = (text: string): Range => {
  const parsed = parseRange(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};
const rule = (action: "allow" | "deny", cidr: string, ports?: readonly [number, number]): PacketRule => ({
  action,
  protocol: "tcp",
  range: range(cidr),
  ...(ports && { ports: { from: ports[0], to: ports[1] } }),
  decider: { stack: "test", address: `${action} ${cidr}` },
});
const PUBLIC: Range = { kind: "public", family: 4 };

function verdict(rules: readonly PacketRule[], far: Range, from: number, to = from): string {
  const packets = { protocol: "tcp" as const, range: far, ports: { from, to } };
  return together(firstMatch(rules, packets, { verdict: "denied", by })).verdict;
}

/** VPC User Guide, "Network ACL rules": from the lowest number, the first that fits; all packets of a range each. */
test.each([
  [
    "the first rule that fits decides",
    [rule("deny", "10.0.1.0/24"), rule("allow", "10.0.0.0/8")],
    "10.0.1.0/24",
    [443],
    "denied",
  ],
  [
    "a later denial decides nothing",
    [rule("allow", "10.0.0.0/8"), rule("deny", "10.0.1.0/24")],
    "10.0.1.0/24",
    [443],
    "allowed",
  ],
  ["what no rule fits is denied", [rule("allow", "10.0.0.0/8")], "192.0.2.0/24", [443], "denied"],
  [
    "a denial of a part of the addresses",
    [rule("deny", "10.0.1.128/25"), rule("allow", "10.0.0.0/8")],
    "10.0.1.0/24",
    [443],
    "denied",
  ],
  [
    "two halves make a whole",
    [rule("allow", "10.0.1.0/25"), rule("allow", "10.0.1.128/25")],
    "10.0.1.0/24",
    [443],
    "allowed",
  ],
  ["a half is no whole", [rule("allow", "10.0.1.0/25")], "10.0.1.0/24", [443], "denied"],
  [
    "every port that answers may go to",
    [rule("allow", "10.0.0.0/8", [32768, 61000])],
    "10.0.1.0/24",
    [1024, 65535],
    "denied",
  ],
  [
    "ports in two rules",
    [rule("allow", "10.0.0.0/8", [1024, 9000]), rule("allow", "10.0.0.0/8", [9001, 65535])],
    "10.0.1.0/24",
    [1024, 65535],
    "allowed",
  ],
  [
    "one port denied among those of answers",
    [rule("deny", "0.0.0.0/0", [3389, 3389]), rule("allow", "0.0.0.0/0")],
    "10.0.1.0/24",
    [1024, 65535],
    "denied",
  ],
] as const)("%s", (_title, rules, far, [from, to], expected) => {
  expect(verdict(rules, range(far), from, to)).toBe(expected);
});

describe("of a public name only one address counts, and nobody knows which", () => {
  test.each([
    ["all of the internet", [rule("allow", "0.0.0.0/0")], "allowed"],
    ["private ranges are none of it", [rule("deny", "10.0.0.0/8"), rule("allow", "0.0.0.0/0")], "allowed"],
    ["a part of it is closed", [rule("deny", "198.51.100.0/24"), rule("allow", "0.0.0.0/0")], "undecided"],
    ["a part of it is open", [rule("allow", "198.51.100.0/24")], "undecided"],
    ["none of it", [rule("allow", "10.0.0.0/8")], "denied"],
  ] as const)("%s", (_title, rules, expected) => {
    expect(verdict(rules, PUBLIC, 443)).toBe(expected);
  });
});

test("of a public name every port that answers may go to has to be open", () => {
  expect(verdict([rule("allow", "0.0.0.0/0", [32768, 65535])], PUBLIC, 1024, 65535)).toBe("denied");
});

test("a rule with a range that nobody knows decides only what comes to the same without it", () => {
  const unknown: PacketRule = {
    ...rule("allow", "10.0.0.0/8"),
    range: { kind: "unknown", text: "${local.x}" },
  };
  expect(verdict([unknown], range("10.0.1.0/24"), 443)).toBe("undecided");
  expect(verdict([unknown, rule("allow", "10.0.0.0/8")], range("10.0.1.0/24"), 443)).toBe("allowed");
});

test("a VPC's IPv6 block is known by its VPC", () => {
  const own: Range = { kind: "block", vpc: "a" };
  expect(shareOf({ kind: "block", vpc: "a", part: "1" }, own)).toBe("all");
  expect(shareOf({ kind: "block", vpc: "b" }, own)).toBe("none");
  expect(shareOf(own, ANYWHERE[6])).toBe("all");
  expect(shareOf(own, ANYWHERE[4])).toBe("none");
  expect(shareOf(own, range("2001:db8::/32"))).toBe("unknown");
  expect(shareOf(own, range("fd00::/8"))).toBe("none");
});

const cidr = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 8, max: 24 }))
  .map(([second, third, length]) => `10.${second}.${third}.0/${length}`);
const anyRule = fc
  .tuple(
    fc.constantFrom("allow" as const, "deny" as const),
    cidr,
    fc.option(fc.integer({ min: 1, max: 65535 })),
  )
  .map(([action, each, port]) => rule(action, each, port === null ? undefined : [1, port]));
const RANK = { denied: 0, undecided: 1, allowed: 2 } as Readonly<Record<string, number>>;
const rankOf = (each: string) => RANK[each] ?? -1;
const within = (rules: readonly PacketRule[], at: number) => at % (rules.length + 1);

test("an added rule that allows never closes anything, and one that denies never opens anything", () => {
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 6 }),
      anyRule,
      fc.nat(),
      cidr,
      fc.integer({ min: 1, max: 65535 }),
      (rules, added, at, far, port) => {
        const before = rankOf(verdict(rules, range(far), port));
        const index = within(rules, at);
        const after = rankOf(
          verdict([...rules.slice(0, index), added, ...rules.slice(index)], range(far), port),
        );
        return added.action === "allow" ? after >= before : after <= before;
      },
    ),
    { numRuns: 500 },
  );
});

test("every address of a range fares as the range does", () => {
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 5 }),
      cidr,
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 1, max: 65535 }),
      (rules, far, last, port) => {
        const one = range(`${far.split("/")[0]?.replace(/\d+$/, String(last)) ?? ""}/32`);
        if (shareOf(one, range(far)) !== "all") return true;
        return verdict(rules, range(far), port) !== "allowed" || verdict(rules, one, port) === "allowed";
      },
    ),
    { numRuns: 500 },
  );
});

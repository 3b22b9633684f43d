import fc from "fast-check";
import { endedText, holdsOn, unusedOf, waivedText, type Waiver, waiversFor } from "../../src/waivers/waiver";

const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  rule: "NET-RULE",
  at: "network.subnets",
  reason: "moves in March",
  owner: "network-team",
  expires: "2027-01-31",
  ...more,
});

test.each([
  ["its place", "network.subnets", true],
  ["a key below it", "network.subnets.nodes", true],
  ["an item below it", "network.subnets[0]", true],
  ["a key whose name goes on", "network.subnetsOfOthers", false],
  ["a place above it", "network", false],
  ["another place", "nodes.general", false],
])("a waiver at network.subnets is for %s: %s is %s", (_, place, covered) => {
  expect(waiversFor({ rule: "NET-RULE", places: [place] }, [waiver()])).toHaveLength(covered ? 1 : 0);
});

test.each([
  ["a stack", "dev-network", true],
  ["an address in it", "dev-network/aws_vpc.main", true],
  ["a stack whose name goes on", "dev-networks/aws_vpc.main", false],
])("a waiver at a stack is for %s", (_, place, covered) => {
  const found = waiversFor({ rule: "NET-RULE", places: ["elsewhere", place] }, [
    waiver({ at: "dev-network" }),
  ]);

  expect(found).toHaveLength(covered ? 1 : 0);
});

test("another rule is not waived at the same place", () => {
  expect(waiversFor({ rule: "NET-OTHER", places: ["network.subnets"] }, [waiver()])).toEqual([]);
});

test("of several the one that holds longest is first, in whatever order they stand", () => {
  const days = fc.uniqueArray(fc.integer({ min: 10, max: 28 }), { minLength: 1 });
  fc.assert(
    fc.property(days, (all) => {
      const waivers = all.map((day) => waiver({ expires: `2027-01-${day}` }));

      expect(waiversFor({ rule: "NET-RULE", places: ["network.subnets"] }, waivers)[0]?.expires).toBe(
        `2027-01-${Math.max(...all)}`,
      );
    }),
  );
});

test("a waiver holds up to and including the day on which it expires", () => {
  expect(["2027-01-30", "2027-01-31", "2027-02-01"].map((day) => holdsOn(waiver(), day))).toEqual([
    true,
    true,
    false,
  ]);
});

test("a waiver of a layer that two targets share is used when one of them uses it", () => {
  const idle = waiver({ at: "nodes" });

  expect(unusedOf([waiver(), idle], [waiver()])).toEqual([idle]);
});

test("says who answers for it, until when and why", () => {
  expect(waivedText(waiver())).toBe("waived by network-team until 2027-01-31: moves in March");
  expect(endedText(waiver())).toBe("the waiver of network-team ended on 2027-01-31");
});

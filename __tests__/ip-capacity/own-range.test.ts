import fc from "fast-check";
import { contains, formatCidr, overlaps, parseCidr } from "../../src/ip-capacity/cidr";
import {
  ipv6SubnetNumber,
  ownRangeCidr,
  SubnetLayoutError,
  subnetTiers,
} from "../../src/ip-capacity/subnet-layout";

const range = parseCidr("100.64.0.0/16");

describe("a tier with a range to itself", () => {
  test.each([
    ["us-east-1a", "100.64.0.0/18"],
    ["us-east-1b", "100.64.64.0/18"],
    ["us-east-1d", "100.64.192.0/18"],
  ])("has the whole block of %s", (zone, expected) => {
    expect(formatCidr(ownRangeCidr({ range, zoneBlocks: 4 }, zone, "pods", 18))).toBe(expected);
  });

  test("can't have more than a zone's block", () => {
    expect(() => ownRangeCidr({ range, zoneBlocks: 8 }, "us-east-1a", "pods", 18)).toThrow(
      new SubnetLayoutError(
        "/18 does not fit: 100.64.0.0/16 in 8 zone blocks has /19 for each zone; write /19 or longer, or give cidrs for this tier",
        "pods",
        "us-east-1a",
      ),
    );
  });

  test("has zones apart from each other, inside the range", () => {
    const letter = fc.constantFrom("a", "b", "c", "d");
    fc.assert(
      fc.property(letter, letter, fc.integer({ min: 18, max: 28 }), (one, other, prefix) => {
        const [a, b] = [one, other].map((each) =>
          ownRangeCidr({ range, zoneBlocks: 4 }, `us-east-1${each}`, "pods", prefix),
        );
        if (a === undefined || b === undefined) throw new Error("two blocks");
        expect(contains(range, a)).toBe(true);
        expect(overlaps(a, b)).toBe(one === other);
      }),
    );
  });
});

test("every tier and zone has an IPv6 subnet of its own in the /56", () => {
  const numbers = subnetTiers.flatMap((tier) =>
    [..."abcdefgh"].map((letter) => ipv6SubnetNumber(tier, `us-east-1${letter}`)),
  );

  expect(new Set(numbers).size).toBe(numbers.length);
  expect(Math.max(...numbers)).toBeLessThan(256);
});

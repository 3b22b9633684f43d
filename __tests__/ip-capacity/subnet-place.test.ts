import fc from "fast-check";
import { parseCidr } from "../../src/ip-capacity/cidr";
import { ownRangeCidr, subnetCidr } from "../../src/ip-capacity/subnet-layout";
import { type DemandTier, subnetPlace, type SubnetSources } from "../../src/ip-capacity/subnet-place";

const tier = fc.constantFrom<DemandTier>("nodes", "pods", "public");
const vpcPrefix = fc.integer({ min: 16, max: 22 });
const zoneBlocks = fc.constantFrom(4, 8);
const prefix = fc.integer({ min: 16, max: 26 });

test("what is told fits where it is told to be, and says nothing where nothing fits", () => {
  fc.assert(
    fc.property(tier, vpcPrefix, zoneBlocks, prefix, (each, vpc, blocks, wanted) => {
      const sources: SubnetSources = { vpcPrefix: vpc, zoneBlocks: blocks, tiers: { [each]: "vpc" } };
      const place = subnetPlace(each, wanted, sources);
      const inVpc = (size: number) => () =>
        subnetCidr(
          { vpcCidr: parseCidr(`10.0.0.0/${size}`), zoneBlocks: blocks },
          "us-east-1a",
          each,
          wanted,
        );

      const larger = /network\.vpcCidr, \/(\d+)$/.exec(place ?? "")?.[1];
      if (place === `a /${wanted}`) expect(inVpc(vpc)).not.toThrow();
      else expect(inVpc(vpc)).toThrow("does not fit");
      if (larger !== undefined) {
        expect(inVpc(Number(larger))).not.toThrow();
        expect(inVpc(Number(larger) + 1)).toThrow("does not fit");
      }
      if (place?.includes("range of their own") === true) {
        const range = parseCidr("100.64.0.0/16");
        expect(() => ownRangeCidr({ range, zoneBlocks: blocks }, "us-east-1a", each, wanted)).not.toThrow();
      }
      if (place === undefined) expect(inVpc(16)).toThrow("does not fit");
    }),
  );
});

test("a range of a tier's own is to be larger, up to a /16, and then there is nothing", () => {
  const sources = (rangePrefix: number): SubnetSources => ({
    vpcPrefix: 20,
    zoneBlocks: 4,
    tiers: { pods: { rangePrefix } },
  });
  expect(subnetPlace("pods", 19, sources(17))).toBe("a /19");
  expect(subnetPlace("pods", 18, sources(17))).toBe("a /18 from a larger secondary range, /16");
  expect(subnetPlace("pods", 17, sources(16))).toBeUndefined();
});

test("any size is to be had where CIDRs are given one by one", () => {
  expect(subnetPlace("nodes", 17, { vpcPrefix: 20, zoneBlocks: 4, tiers: {} })).toBe("a /17");
  expect(subnetPlace("nodes", 17)).toBe("a /17");
});

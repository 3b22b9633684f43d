import fc from "fast-check";

import { zoneDemand, type ZoneDemandInput } from "../../src/ip-capacity/demand";
import { largestDensity, mostNodes, smallestSubnets } from "../../src/ip-capacity/recommendations";
import { usableAddresses } from "../../src/ip-capacity/subnet-size";

const lab: ZoneDemandInput = { nodes: 30, podsPerNode: 25, surge: { percent: 20 }, burst: { percent: 30 } };

test("the lab needs a /21, or 21 pods a node, or 25 nodes a zone", () => {
  const today = { nodes: usableAddresses(22) };

  expect(smallestSubnets(lab)).toEqual({ nodes: 21 });
  // 45 nodes x (1 + 21) = 990 of 1,019
  expect(largestDensity(lab, today)).toBe(21);
  // 25 + 5 + 8 nodes x 26 = 988 of 1,019
  expect(mostNodes(lab, today)).toBe(25);
});

test("pods with subnets of their own ask for two sizes", () => {
  expect(smallestSubnets({ ...lab, podAddresses: "pod-subnet" })).toEqual({ nodes: 26, pods: 21 });
});

test("nothing is recommended where nothing fits", () => {
  expect(largestDensity({ ...lab, infrastructureAddresses: 2000 }, { nodes: 1019 })).toBeNull();
  expect(mostNodes({ ...lab, infrastructureAddresses: 2000 }, { nodes: 1019 })).toBeNull();
  expect(smallestSubnets({ ...lab, nodes: 3000 })).toEqual({ nodes: null });
});

test("pods without VPC addresses have no largest density", () => {
  expect(largestDensity({ ...lab, podAddresses: "none" }, { nodes: 1019 })).toBe("unlimited");
});

const anyDemand = fc.record({
  nodes: fc.integer({ min: 1, max: 100 }),
  podsPerNode: fc.integer({ min: 0, max: 110 }),
  podAddresses: fc.constantFrom("node-subnet" as const, "pod-subnet" as const),
  podAddressBlock: fc.constantFrom(1, 16),
  surge: fc.record({ percent: fc.nat(50) }),
  infrastructureAddresses: fc.nat(300),
  growthPercent: fc.nat(100),
});
const fits = (demand: ZoneDemandInput, usable: { nodes: number; pods: number }) =>
  zoneDemand(demand).subnets.every(({ subnet, total }) => total <= usable[subnet]);

test("a recommended subnet always fits", () => {
  fc.assert(
    fc.property(anyDemand, (demand) => {
      const { nodes, pods } = smallestSubnets(demand);

      expect(fits(demand, { nodes: usableAddresses(nodes ?? 0), pods: usableAddresses(pods ?? 0) })).toBe(
        true,
      );
    }),
  );
});

test("the largest density and the most nodes fit, and one more does not", () => {
  const prefix = fc.integer({ min: 16, max: 24 });
  fc.assert(
    fc.property(anyDemand, prefix, prefix, (demand, nodePrefix, podPrefix) => {
      const usable = { nodes: usableAddresses(nodePrefix), pods: usableAddresses(podPrefix) };
      const podsPerNode = largestDensity(demand, usable);
      const nodes = mostNodes(demand, usable);

      if (typeof podsPerNode === "number") {
        expect(fits({ ...demand, podsPerNode }, usable)).toBe(true);
        expect(fits({ ...demand, podsPerNode: podsPerNode + 1 }, usable)).toBe(false);
      }
      if (nodes !== null) {
        expect(fits({ ...demand, nodes }, usable)).toBe(true);
        expect(fits({ ...demand, nodes: nodes + 1 }, usable)).toBe(false);
      }
    }),
  );
});

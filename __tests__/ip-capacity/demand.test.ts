import fc from "fast-check";

import { zoneDemand, type ZoneDemandInput } from "../../src/ip-capacity/demand";
import { smallestSubnetFor, usableAddresses } from "../../src/ip-capacity/subnet-size";

const amounts = (input: ZoneDemandInput) =>
  zoneDemand(input).subnets.map(({ subnet, total }) => ({ subnet, total }));

describe("40 nodes of 35 pods, 10 surge nodes, 100 infrastructure addresses, 30 % growth", () => {
  const input = {
    nodes: 40,
    podsPerNode: 35,
    surge: { count: 10 },
    infrastructureAddresses: 100,
    growthPercent: 30,
  };

  test("comes to 1,900 before growth and 2,470 with it", () => {
    expect(zoneDemand(input).subnets).toMatchObject([{ subnet: "nodes", subtotal: 1900, total: 2470 }]);
  });

  test("is shown term by term", () => {
    expect(zoneDemand(input).subnets[0]?.terms.map(({ label, addresses }) => [label, addresses])).toEqual([
      ["steady nodes", 40],
      ["steady pods", 1400],
      ["surge nodes", 10],
      ["surge pods", 350],
      ["infrastructure", 100],
      ["growth", 570],
    ]);
  });

  test("is too much for a /21 and asks for a /20", () => {
    expect(usableAddresses(21)).toBe(2043);
    expect(smallestSubnetFor(2470)).toBe(20);
  });
});

describe("the lab: 30 nodes of 25 pods, 20 % surge, 30 % burst", () => {
  const demand = zoneDemand({ nodes: 30, podsPerNode: 25, surge: { percent: 20 }, burst: { percent: 30 } });

  test("has 6 surge and 9 burst nodes", () => {
    expect(demand.nodes).toEqual({ steady: 30, surge: 6, burst: 9, total: 45 });
  });

  test("comes to 780 + 156 + 234 = 1,170", () => {
    expect(demand.subnets[0]).toMatchObject({ total: 1170, parts: { steady: 780, surge: 156, burst: 234 } });
  });

  test("is too much for a /22", () => {
    expect(usableAddresses(22)).toBeLessThan(1170);
    expect(smallestSubnetFor(1170)).toBe(21);
  });
});

test("pods with subnets of their own leave nodes, load balancers and infrastructure in the nodes' subnet", () => {
  const input = {
    nodes: 10,
    podsPerNode: 20,
    loadBalancers: 3,
    infrastructureAddresses: 6,
    growthPercent: 50,
  };

  expect(amounts({ ...input, podAddresses: "pod-subnet" })).toEqual([
    { subnet: "nodes", total: 60 },
    { subnet: "pods", total: 300 },
  ]);
});

test("pods of an overlay take no address", () => {
  expect(amounts({ nodes: 10, podsPerNode: 20, podAddresses: "none" })).toEqual([
    { subnet: "nodes", total: 10 },
  ]);
});

test("a load balancer takes eight addresses, or what it is said to take", () => {
  expect(amounts({ nodes: 0, podsPerNode: 0, loadBalancers: 2 })).toEqual([{ subnet: "nodes", total: 16 }]);
  expect(amounts({ nodes: 0, podsPerNode: 0, loadBalancers: 2, addressesPerLoadBalancer: 50 })).toEqual([
    { subnet: "nodes", total: 100 },
  ]);
});

test("with blocks of 16 no other node can have the rest of a node's last block", () => {
  const terms = zoneDemand({ nodes: 2, podsPerNode: 35, podAddressBlock: 16 }).subnets[0]?.terms;

  // 35 pods take three blocks.
  expect(terms?.map(({ label, calculation, addresses }) => [label, calculation, addresses])).toEqual([
    ["steady nodes", "2 nodes", 2],
    ["steady pods", "2 nodes x 3 blocks of 16", 96],
  ]);
});

test("what the CNI holds is a term of its own in every phase", () => {
  const terms = zoneDemand({ nodes: 2, podsPerNode: 10, surge: { count: 1 }, heldPerNode: 6 }).subnets[0]
    ?.terms;

  expect(terms?.filter(({ label }) => label.includes("held")).map(({ addresses }) => addresses)).toEqual([
    12, 6,
  ]);
});

const anyDemand = fc.record({
  nodes: fc.integer({ min: 0, max: 200 }),
  podsPerNode: fc.integer({ min: 0, max: 110 }),
  podAddresses: fc.constantFrom("node-subnet" as const, "pod-subnet" as const, "none" as const),
  surge: fc.oneof(fc.record({ count: fc.nat(20) }), fc.record({ percent: fc.nat(100) })),
  burst: fc.oneof(fc.record({ count: fc.nat(20) }), fc.record({ percent: fc.nat(100) })),
  podAddressBlock: fc.constantFrom(1, 16),
  heldPerNode: fc.nat(30),
  infrastructureAddresses: fc.nat(200),
  loadBalancers: fc.nat(10),
  growthPercent: fc.nat(100),
});

test("more of anything never needs fewer addresses, in any subnet", () => {
  const more = fc.constantFrom(
    "nodes" as const,
    "podsPerNode" as const,
    "heldPerNode" as const,
    "infrastructureAddresses" as const,
    "loadBalancers" as const,
    "growthPercent" as const,
  );
  fc.assert(
    fc.property(anyDemand, more, fc.integer({ min: 1, max: 50 }), (demand, what, by) => {
      const before = zoneDemand(demand).subnets;
      const after = zoneDemand({ ...demand, [what]: demand[what] + by }).subnets;

      before.forEach((subnet, index) => expect(after[index]?.total).toBeGreaterThanOrEqual(subnet.total));
    }),
  );
});

test("the terms add up to the total, and the parts do too", () => {
  fc.assert(
    fc.property(anyDemand, (demand) => {
      for (const { terms, parts, total, subtotal } of zoneDemand(demand).subnets) {
        expect(terms.reduce((sum, { addresses }) => sum + addresses, 0)).toBe(total);
        expect(Object.values(parts).reduce((sum, addresses) => sum + addresses, 0)).toBe(total);
        expect(subtotal + parts.growth).toBe(total);
      }
    }),
  );
});

test("subnets apart need as much together as one, but for the rounding of growth", () => {
  fc.assert(
    fc.property(anyDemand, (demand) => {
      const of = (podAddresses: "node-subnet" | "pod-subnet") =>
        zoneDemand({ ...demand, podAddresses }).subnets.reduce((sum, { total }) => sum + total, 0);

      expect(of("pod-subnet") - of("node-subnet")).toBeGreaterThanOrEqual(0);
      expect(of("pod-subnet") - of("node-subnet")).toBeLessThanOrEqual(1);
    }),
  );
});

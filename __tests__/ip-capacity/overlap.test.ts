import fc from "fast-check";

import { formatCidr, overlaps, parseCidr } from "../../src/ip-capacity/cidr";
import { type FleetNetwork, fleetOverlaps, formatOverlap, type Overlap } from "../../src/ip-capacity/overlap";

const network = (name: string, cidr: string, more: Partial<FleetNetwork> = {}): FleetNetwork => ({
  name,
  owner: name.split(" ")[0] ?? name,
  kind: "vpc",
  cidr: parseCidr(cidr),
  connections: [],
  reusable: false,
  ...more,
});
const pairs = (found: readonly Overlap[]) =>
  found.map(({ a, b }) => [a.name, b.name].sort().join(" + ")).sort();

test("peered VPCs must not overlap", () => {
  const connections = ["peering prod-dev"];
  const { conflicts } = fleetOverlaps([
    network("prod vpc", "10.0.0.0/16", { connections }),
    network("dev vpc", "10.0.128.0/17", { connections }),
  ]);

  expect(conflicts.map(formatOverlap)).toEqual([
    "prod vpc 10.0.0.0/16 overlaps dev vpc 10.0.128.0/17, connected by peering prod-dev",
  ]);
});

test("VPCs that nothing connects may have the same addresses", () => {
  const fleet = [network("prod vpc", "10.0.0.0/16"), network("dev vpc", "10.0.0.0/16")];

  expect(fleetOverlaps(fleet)).toEqual({ conflicts: [], reused: [] });
});

test("a VPC must not overlap the on-premises ranges behind its transit gateway", () => {
  const connections = ["tgw-1"];
  const { conflicts } = fleetOverlaps([
    network("prod vpc", "10.201.0.0/16", { connections }),
    network("datacenter", "10.200.0.0/14", { kind: "on-premises", connections }),
  ]);

  expect(pairs(conflicts)).toEqual(["datacenter + prod vpc"]);
});

test("overlay pods of connected clusters may reuse one range, and the report says so", () => {
  const overlay = { kind: "pods", reusable: true, connections: ["tgw-1"] } as const;
  const { conflicts, reused } = fleetOverlaps([
    network("prod pods", "10.244.0.0/16", overlay),
    network("dev pods", "10.244.0.0/16", overlay),
  ]);

  expect([conflicts.length, pairs(reused)]).toEqual([0, ["dev pods + prod pods"]]);
});

test("overlay pods still hide a connected VPC with the same addresses", () => {
  const connections = ["tgw-1"];
  const { conflicts } = fleetOverlaps([
    network("prod pods", "10.0.0.0/16", { kind: "pods", reusable: true, connections }),
    network("dev vpc", "10.0.0.0/16", { connections }),
  ]);

  expect(pairs(conflicts)).toEqual(["dev vpc + prod pods"]);
});

test("pods and services of one cluster must not overlap, reusable or not", () => {
  const { conflicts } = fleetOverlaps([
    network("prod pods", "172.20.0.0/14", { kind: "pods", reusable: true }),
    network("prod services", "172.20.0.0/16", { kind: "services", reusable: true }),
  ]);

  expect(conflicts.map(formatOverlap)).toEqual([
    "prod pods 172.20.0.0/14 overlaps prod services 172.20.0.0/16, both of prod",
  ]);
});

test("pod subnets inside their own VPC are no conflict, but they are with another's", () => {
  const connections = ["mesh"];
  const fleet = [
    network("prod vpc", "10.0.0.0/16", { connections }),
    network("prod pods", "10.0.128.0/17", { kind: "pods", within: "prod vpc", connections }),
    network("dev vpc", "10.0.192.0/18", { connections }),
  ];

  expect(pairs(fleetOverlaps(fleet).conflicts)).toEqual(["dev vpc + prod pods", "dev vpc + prod vpc"]);
});

describe("random fleets", () => {
  // Few owners, connections and bases, so that overlaps are common.
  const anyNetwork = fc.record({
    base: fc.nat(255),
    prefix: fc.integer({ min: 8, max: 28 }),
    owner: fc.constantFrom("a", "b", "c", "d"),
    connections: fc.uniqueArray(fc.constantFrom("tgw", "mesh", "peering"), { maxLength: 2 }),
    reusable: fc.boolean(),
    kind: fc.constantFrom("vpc" as const, "pods" as const, "services" as const, "on-premises" as const),
    withinPrevious: fc.boolean(),
  });
  const anyFleet = fc.array(anyNetwork, { maxLength: 25 }).map((fleet) =>
    fleet.map(({ base, prefix, withinPrevious, ...rest }, index): FleetNetwork => {
      const address = base * 2 ** 16;
      return {
        ...rest,
        name: `network ${index}`,
        cidr: { base: address - (address % 2 ** (32 - prefix)), prefix },
        ...(withinPrevious && index > 0 ? { within: `network ${index - 1}` } : {}),
      };
    }),
  );

  /** Every pair looked at, by the rule as the issue words it. */
  function bruteForce(fleet: readonly FleetNetwork[]) {
    const conflicts: string[] = [];
    const reused: string[] = [];
    fleet.forEach((a, index) => {
      for (const b of fleet.slice(index + 1)) {
        const connected = a.owner === b.owner || a.connections.some((each) => b.connections.includes(each));
        const nested = a.within === b.name || b.within === a.name;
        if (!connected || nested || !overlaps(a.cidr, b.cidr)) continue;
        const target = a.reusable && b.reusable && a.owner !== b.owner ? reused : conflicts;
        target.push([a.name, b.name].sort().join(" + "));
      }
    });
    return { conflicts: conflicts.sort(), reused: reused.sort() };
  }

  test("1,000 of them: an overlap is always found and never invented", () => {
    let withConflict = 0;
    let withReuse = 0;
    fc.assert(
      fc.property(anyFleet, (fleet) => {
        const { conflicts, reused } = fleetOverlaps(fleet);
        withConflict += conflicts.length > 0 ? 1 : 0;
        withReuse += reused.length > 0 ? 1 : 0;

        expect({ conflicts: pairs(conflicts), reused: pairs(reused) }).toEqual(bruteForce(fleet));
      }),
      { numRuns: 1000 },
    );
    // Fleets that overlap nowhere would prove nothing.
    expect(Math.min(withConflict, withReuse)).toBeGreaterThan(20);
  });

  test("the order of the networks does not matter", () => {
    fc.assert(
      fc.property(anyFleet, (fleet) => {
        expect(pairs(fleetOverlaps([...fleet].reverse()).conflicts)).toEqual(
          pairs(fleetOverlaps(fleet).conflicts),
        );
      }),
    );
  });
});

test("100,000 separate networks take a moment, not a day", () => {
  const fleet = Array.from({ length: 100_000 }, (_, index) =>
    network(`n${index} vpc`, formatCidr({ base: index * 256, prefix: 24 }), { connections: ["tgw"] }),
  );

  // A look at each pair of them would take longer than a test may.
  expect(fleetOverlaps(fleet).conflicts).toEqual([]);
});

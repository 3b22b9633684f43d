import fc from "fast-check";

import type { CapacityInput, CapacityZone } from "../../src/ip-capacity/capacity-input";
import { type CapacityCheck, capacityCheck, capacityReport } from "../../src/ip-capacity/capacity-report";
import type { CapacityReport } from "../../src/ip-capacity/reported-capacity";
import { podDensityModes } from "../../src/ip-capacity/pod-density-mode";

import { threeZones } from "./support/capacity-inputs";

/** Targets of which many are too small in one way or another. */
const anyInput: fc.Arbitrary<CapacityInput> = fc
  .record({
    mode: fc.constantFrom(...podDensityModes),
    nodePrefix: fc.integer({ min: 20, max: 26 }),
    podPrefix: fc.option(fc.integer({ min: 19, max: 24 }), { nil: undefined }),
    instanceTypes: fc.subarray(["m5.large", "m7g.xlarge", "c5.4xlarge", "t3.medium"], { minLength: 1 }),
    nodesPerZone: fc.integer({ min: 1, max: 60 }),
    podsPerNode: fc.integer({ min: 1, max: 110 }),
    surge: fc.record({ percent: fc.nat(50) }),
    burst: fc.record({ count: fc.nat(10) }),
    infrastructureAddresses: fc.nat(100),
    growthPercent: fc.nat(50),
    heldAddresses: fc.constantFrom("counted" as const, "shown" as const),
  })
  .map(({ nodePrefix, podPrefix, instanceTypes, ...rest }) => {
    const own =
      rest.mode === "custom-networking" || rest.mode.startsWith("cilium-eni") ? podPrefix : undefined;
    return {
      ...rest,
      ...(rest.mode === "custom-networking" && own === undefined ? { mode: "secondary-ip" as const } : {}),
      density: own === undefined ? {} : { firstInterfaceIndex: 1 },
      target: "test/us-east-1",
      zones: threeZones(nodePrefix, own),
      groups: [{ name: "general", instanceTypes, desiredSize: 3, maxSize: 3 }],
      pools: [],
    };
  });

const shortOf = ({ problems }: CapacityCheck, ...codes: readonly string[]) =>
  problems.filter(({ code, severity }) => severity === "error" && codes.includes(code));
const addressesShort = (report: CapacityCheck) => shortOf(report, "subnet-too-small");
const anythingShort = (report: CapacityCheck) =>
  shortOf(report, "subnet-too-small", "density-too-low", "mode-impossible");

test("subnets of the size a report names always fit", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const [first] = capacityReport(input).zones;
      const size = (kind: "nodes" | "pods") =>
        first?.subnets.find(({ subnet }) => subnet === kind)?.smallestPrefix;
      fc.pre(size("nodes") !== null && size("pods") !== null);
      const zones = threeZones(size("nodes") ?? 28, size("pods") ?? undefined);

      expect(addressesShort(capacityCheck({ ...input, zones }))).toEqual([]);
    }),
  );
});

test("the density and the node count a report names fit today's subnets", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      // What the CNI holds depends on the density, so this is exact only where it is not counted.
      const shown = { ...input, heldAddresses: "shown" as const };
      const [zone] = capacityReport(shown).zones;
      const { largestDensity: podsPerNode, mostNodes: nodesPerZone } = zone ?? {};

      if (typeof podsPerNode === "number" && podsPerNode > 0) {
        expect(addressesShort(capacityCheck({ ...shown, podsPerNode }))).toEqual([]);
      }
      if (typeof nodesPerZone === "number" && nodesPerZone > 0) {
        expect(addressesShort(capacityCheck({ ...shown, nodesPerZone }))).toEqual([]);
      }
    }),
  );
});

test("a change that is advised does help", () => {
  let helped = 0;
  fc.assert(
    fc.property(anyInput, (any) => {
      const input = { ...any, heldAddresses: "shown" as const };
      const report = capacityReport(input);
      for (const { change, podSubnetPrefix } of report.modes.filter(({ helps }) => helps)) {
        helped += 1;
        const tried = changed(input, change, podSubnetPrefix ?? undefined)
          .map(capacityReport)
          .map(anythingShort);

        expect(tried).toContainEqual([]);
      }
    }),
    { numRuns: 300 },
  );
  expect(helped).toBeGreaterThan(50);
});

/** The input with the change made; where the advice leaves a choice open, every choice. */
function changed(
  input: CapacityInput,
  change: CapacityReport["modes"][number]["change"],
  podPrefix: number | undefined,
): readonly CapacityInput[] {
  const podSubnets: readonly CapacityZone[] = input.zones.map((zone, index) => ({
    ...zone,
    podSubnet: threeZones(28, podPrefix)[index]?.podSubnet,
  }));
  const noPodSubnets = input.zones.map(({ zone, nodeSubnet }) => ({ zone, nodeSubnet }));
  switch (change) {
    case "overlay":
    case "ipv6":
      return [{ ...input, mode: change, zones: noPodSubnets }];
    case "prefix-delegation": {
      const prefixed = {
        "cilium-eni": "cilium-eni-prefix",
        "custom-networking": "custom-networking",
      } as const;
      const mode =
        input.mode === "cilium-eni" || input.mode === "custom-networking" ? prefixed[input.mode] : "prefix";
      return [{ ...input, mode, density: { ...input.density, prefixDelegation: true } }];
    }
    case "custom-networking": {
      const cilium = input.mode.startsWith("cilium");
      const modes = cilium
        ? (["cilium-eni", "cilium-eni-prefix"] as const)
        : (["custom-networking"] as const);
      return modes.flatMap((mode) =>
        [false, true].map((prefixDelegation) => ({
          ...input,
          mode,
          zones: podSubnets,
          density: { ...input.density, firstInterfaceIndex: 1, prefixDelegation },
        })),
      );
    }
  }
}

test("more nodes never make a target fit that did not", () => {
  fc.assert(
    fc.property(anyInput, fc.integer({ min: 1, max: 20 }), (input, more) => {
      fc.pre(addressesShort(capacityCheck(input)).length > 0);

      expect(
        addressesShort(capacityCheck({ ...input, nodesPerZone: (input.nodesPerZone ?? 0) + more })),
      ).not.toEqual([]);
    }),
  );
});

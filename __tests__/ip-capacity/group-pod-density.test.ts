import fc from "fast-check";

import { groupPodDensity, podDensityTable } from "../../src/ip-capacity/group-pod-density";
import { podDensityModes } from "../../src/ip-capacity/pod-density-mode";

test("names the type that holds a mixed group back", () => {
  expect(groupPodDensity(["m5.xlarge", "m5.large", "c5.xlarge"], "secondary-ip")).toMatchObject({
    maxPods: 29,
    highest: 58,
    heldBackBy: ["m5.large"],
    limitedBy: "eni-addresses",
    podEnis: 9,
  });
});

test("a group of equal types has no type that holds it back", () => {
  expect(groupPodDensity(["m5.large", "c5.large"], "secondary-ip")).toMatchObject({
    maxPods: 29,
    heldBackBy: [],
  });
});

test("one type that cannot run in the mode makes the group impossible and is named", () => {
  const density = groupPodDensity(["m5.large", "m4.large"], "prefix");

  expect(density).toMatchObject({ maxPods: null, heldBackBy: ["m4.large"] });
  expect(density.reason).toMatch(/Xen/);
});

test("an unknown number of branch ENIs stays unknown in the group", () => {
  expect(groupPodDensity(["m5.large", "hpc6id.32xlarge"], "secondary-ip").podEnis).toBeNull();
});

test("a group without types has no density", () => {
  expect(groupPodDensity([], "prefix")).toMatchObject({ maxPods: null, reason: "no instance type named" });
});

test("the table has every type in every mode unless some are named", () => {
  expect(podDensityTable(["m5.large", "m4.large"])).toHaveLength(2 * podDensityModes.length);
  expect(podDensityTable(["m5.large"], ["overlay", "ipv6"]).map(({ mode }) => mode)).toEqual([
    "overlay",
    "ipv6",
  ]);
});

test("adding a type never raises a group's density", () => {
  const types = fc.constantFrom(
    "t3.small",
    "m5.large",
    "m5.xlarge",
    "m5.24xlarge",
    "c5n.18xlarge",
    "p5.48xlarge",
  );
  fc.assert(
    fc.property(
      fc.array(types, { minLength: 1 }),
      types,
      fc.constantFrom(...podDensityModes),
      (group, more, mode) => {
        const before = groupPodDensity(group, mode).maxPods ?? 0;

        expect(groupPodDensity([...group, more], mode).maxPods ?? 0).toBeLessThanOrEqual(before);
      },
    ),
  );
});

import fc from "fast-check";

import { type InstanceType, instanceTypeNames, requireInstanceType } from "../../src/facts/instance-types";
import { maxPodsFor, podDensity } from "../../src/ip-capacity/pod-density";
import { amiDefaultMaxPods, isPodDensityMode, podDensityModes } from "../../src/ip-capacity/pod-density-mode";

const anInstanceType = (figures: Partial<InstanceType> = {}): InstanceType => ({
  ...requireInstanceType("m5.large"),
  name: "test.large",
  ...figures,
});
const anyType = fc.constantFrom(...instanceTypeNames());
const anyMode = fc.constantFrom(...podDensityModes);

test("shows the calculation term by term", () => {
  expect(podDensity("m5.large", "cilium-eni")).toMatchObject({
    addresses: 25,
    limitedBy: "eni-addresses",
    terms: [
      { label: "3 ENIs x (10 - 1)", value: 27 },
      { label: "Cilium's own (router, health)", value: -2 },
      { label: "pods on the host network", value: 2 },
    ],
  });
});

test("says that the recommendation, not the addresses, ends the pods of a node with prefixes", () => {
  expect(podDensity("m5.large", "prefix")).toMatchObject({
    maxPods: 110,
    limitedBy: "recommended-cap",
    addresses: 432,
  });
});

test("a small type with prefixes ends by its addresses", () => {
  // t4g.nano: two ENIs of one slot each, 2 x 1 x 16 + 2.
  expect(podDensity("t4g.nano", "prefix")).toMatchObject({ maxPods: 34, limitedBy: "eni-addresses" });
});

test.each(["prefix", "cilium-eni-prefix", "ipv6"] as const)(
  "refuses a Xen type in %s and says why",
  (mode) => {
    const density = podDensity("m4.large", mode);

    expect(density).toMatchObject({ maxPods: null, addresses: null, limitedBy: null });
    expect(density.reason).toMatch(/m4\.large is a Xen type.*Nitro/);
  },
);

test("refuses a type without an ENI to spare in custom networking", () => {
  expect(podDensity("hpc6id.32xlarge", "custom-networking").reason).toMatch(/1 ENI .*none for a pod/);
});

test("refuses a type whose addresses Cilium needs all for itself", () => {
  expect(podDensity("t4g.nano", "cilium-eni")).toMatchObject({ maxPods: null });
});

test.each([
  [24, 110, "recommended-cap"],
  [25, 110, "recommended-cap"],
  [26, 62, "node-mask"],
  [27, 30, "node-mask"],
  [28, 14, "node-mask"],
])("a /%d for each node of an overlay gives %d pods, by %s", (nodeMask, maxPods, limitedBy) => {
  expect(podDensity("m5.large", "overlay", { nodeMask })).toMatchObject({ maxPods, limitedBy });
});

test("refuses a node mask without room for a pod", () => {
  expect(podDensity("m5.large", "overlay", { nodeMask: 30 }).reason).toMatch(/\/30 .*shorter mask/);
});

test.each([
  ["m5.4xlarge", 110],
  ["m5.8xlarge", 234],
  ["m5.24xlarge", 250],
])("a managed node group of %s never gets more than EKS allows: %d", (type, pods) => {
  expect(podDensity(type, "secondary-ip", { recommendedCap: "always" }).maxPods).toBe(pods);
});

test("without the recommendation, addresses alone count", () => {
  // EKS Best Practices, "Custom Networking": 290 on m5.large with prefixes.
  const options = { recommendedCap: "never", prefixDelegation: true } as const;
  expect(podDensity("m5.large", "custom-networking", options).maxPods).toBe(290);
  expect(podDensity("m5.large", "ipv6", options)).toMatchObject({ maxPods: 110, addresses: null });
});

// aws/amazon-vpc-cni-k8s v1.22.4: pkg/ipamd/ipamd.go, hasRoomForEni leaves one interface to the trunk, and
// pkg/ipamd/datastore/data_store.go, GetENINeedsIP passes a trunk over. Prefixes come from the others, too.
test.each([
  ["secondary-ip", {}, 20, 29],
  ["custom-networking", {}, 11, 20],
  ["prefix", { recommendedCap: "never" }, 290, 299],
  ["custom-networking", { recommendedCap: "never", prefixDelegation: true }, 146, 155],
  ["ipv6", {}, 110, 110],
] as const)(
  "the trunk of security groups for pods holds no pod addresses: m7i.large with %s %j takes %i, and %i with its branch ENIs",
  (mode, options, kubelet, possible) => {
    const trunk = { ...options, securityGroupsForPods: true };

    expect(podDensity("m7i.large", mode, { ...trunk, branchEnis: "apart" }).maxPods).toBe(kubelet);
    expect(podDensity("m7i.large", mode, trunk).maxPods).toBe(possible);
  },
);

test("a type whose interfaces all go to the node and the trunk has no room for pods", () => {
  const options = { securityGroupsForPods: true, maxEnis: 2 };

  expect(podDensity("m7i.large", "custom-networking", options).reason).toBe(
    "m7i.large has 3 ENIs of 10 addresses (without the node's own and the trunk), which leaves none for a pod",
  );
});

test.each([
  ["t3.medium", "secondary-ip", /takes no trunk ENI/],
  ["hpc6id.32xlarge", "secondary-ip", /not published/],
  ["m5.large", "cilium-eni", /need the VPC CNI/],
] as const)("refuses security groups for pods on %s with %s", (type, mode, why) => {
  expect(podDensity(type, mode, { securityGroupsForPods: true })).toMatchObject({
    maxPods: null,
    reason: expect.stringMatching(why) as string,
  });
});

test("what kubelet was told holds if it is lower, and is named as the limit", () => {
  expect(podDensity("m5.large", "overlay", { configuredMaxPods: 29 })).toMatchObject({
    maxPods: 29,
    limitedBy: "configured",
    addresses: 252,
  });
  expect(podDensity("m5.large", "secondary-ip", { configuredMaxPods: 110 })).toMatchObject({
    maxPods: 29,
    limitedBy: "eni-addresses",
  });
});

test("the AMI's own figure is that of secondary addresses, whatever the CNI", () => {
  expect(amiDefaultMaxPods(requireInstanceType("m5.large"))).toBe(29);
});

test("MAX_ENI takes ENIs away", () => {
  expect(podDensity("m5.xlarge", "secondary-ip", { maxEnis: 2 }).maxPods).toBe(30);
});

test("the lowest of mixed types holds", () => {
  expect(maxPodsFor(["m5.4xlarge", "m5.large", "m5.xlarge"], "secondary-ip")).toBe(29);
});

test.each([
  [["m5.large", "m4.large"], /prefix: m4\.large is a Xen type/],
  [[], /no instance type/],
])("has no figure for %j with prefixes", (types, why) => {
  expect(() => maxPodsFor(types, "prefix")).toThrow(why);
});

test("tells a mode from another word", () => {
  expect(isPodDensityMode("prefix")).toBe(true);
  expect(isPodDensityMode("calico")).toBe(false);
});

test("more ENIs or more addresses never mean fewer pods, in any mode", () => {
  const count = fc.integer({ min: 1, max: 15 });
  const addresses = fc.integer({ min: 2, max: 50 });
  fc.assert(
    fc.property(
      anyMode,
      count,
      addresses,
      count,
      fc.integer({ min: 0, max: 20 }),
      (mode, enis, ips, moreEnis, moreIps) => {
        const pods = (type: InstanceType) => podDensity(type, mode).maxPods ?? 0;
        const small = pods(anInstanceType({ enis, ipv4PerEni: ips }));

        expect(
          pods(anInstanceType({ enis: enis + moreEnis, ipv4PerEni: ips + moreIps })),
        ).toBeGreaterThanOrEqual(small);
      },
    ),
  );
});

test("custom networking never runs more pods than secondary addresses, nor Cilium", () => {
  fc.assert(
    fc.property(anyType, (type) => {
      const secondary = podDensity(type, "secondary-ip").maxPods ?? 0;

      expect(podDensity(type, "custom-networking").maxPods ?? 0).toBeLessThan(secondary);
      expect(podDensity(type, "cilium-eni").maxPods ?? 0).toBeLessThan(secondary);
    }),
  );
});

test("the terms add up to the figure wherever addresses are the limit", () => {
  fc.assert(
    fc.property(anyType, anyMode, (type, mode) => {
      const { maxPods, limitedBy, terms } = podDensity(type, mode);
      fc.pre(limitedBy === "eni-addresses" || limitedBy === "node-mask");
      const counted = terms.filter(({ label }) => !label.startsWith("at most"));

      expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(maxPods);
    }),
  );
});

test("a density is a figure with a limit, or a reason without one", () => {
  fc.assert(
    fc.property(anyType, anyMode, (type, mode) => {
      const { maxPods, limitedBy, reason } = podDensity(type, mode);

      expect([maxPods === null, limitedBy === null, reason !== null]).toEqual(
        maxPods === null ? [true, true, true] : [false, false, false],
      );
    }),
  );
});

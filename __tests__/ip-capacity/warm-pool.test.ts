import fc from "fast-check";

import { requireInstanceType } from "../../src/facts/instance-types";
import {
  ciliumNodeAddresses,
  vpcCniNodeAddresses,
  type WarmPoolSettings,
} from "../../src/ip-capacity/warm-pool";
import { warmPoolTradeOff } from "../../src/ip-capacity/warm-pool-trade-off";

// The examples of aws/amazon-vpc-cni-k8s docs/eni-and-ip-target.md.
test.each([
  ["t3.small", {}, 0, 1, 3, 3],
  ["t3.small", { warmEniTarget: 1 }, 5, 3, 9, 4],
  ["t3.small", { warmEniTarget: 1 }, 9, 3, 9, 0],
  ["t3.small", { warmIpTarget: 1, minimumIpTarget: 1 }, 0, 1, 1, 1],
  ["t3.small", { warmIpTarget: 1, minimumIpTarget: 1 }, 5, 2, 6, 1],
  ["t3.small", { warmIpTarget: 1, minimumIpTarget: 1 }, 9, 3, 9, 0],
  ["t3.small", { warmIpTarget: 2, minimumIpTarget: 5 }, 0, 2, 5, 5],
  ["t3.small", { warmIpTarget: 2, minimumIpTarget: 5 }, 5, 3, 7, 2],
  ["t3.small", { warmIpTarget: 2, minimumIpTarget: 5 }, 9, 3, 9, 0],
  ["p3dn.24xlarge", { warmEniTarget: 1 }, 0, 1, 49, 49],
  ["p3dn.24xlarge", { warmEniTarget: 1 }, 3, 2, 98, 95],
  ["p3dn.24xlarge", { warmEniTarget: 1 }, 95, 3, 147, 52],
  ["p3dn.24xlarge", { warmIpTarget: 5, minimumIpTarget: 10 }, 0, 1, 10, 10],
  ["p3dn.24xlarge", { warmIpTarget: 5, minimumIpTarget: 10 }, 7, 1, 12, 5],
  ["p3dn.24xlarge", { warmIpTarget: 5, minimumIpTarget: 10 }, 15, 1, 20, 5],
  ["p3dn.24xlarge", { warmIpTarget: 5, minimumIpTarget: 10 }, 45, 2, 50, 5],
])(
  "%s with %j and %d pods has %d ENIs and %d addresses, %d unused",
  (name, settings, pods, enis, podAddresses, unused) => {
    const addresses = vpcCniNodeAddresses(requireInstanceType(name), pods, settings, {
      mode: "secondary-ip",
    });

    expect(addresses).toMatchObject({ enis, podAddresses, unused, prefixes: 0 });
  },
);

// The examples of aws/amazon-vpc-cni-k8s, docs/prefix-and-ip-target.md, whose columns agree with each other. Left out are p3dn.24xlarge's
// ENIs, which the table gives as 2 and 3 with all prefixes on the first, and the row of 7, 20 and no pods, which
// gives one prefix in one column and two in the next.
test.each([
  ["t3.small", { warmPrefixTarget: 1 }, 0, 1, 1, 16],
  ["t3.small", { warmPrefixTarget: 1 }, 5, 1, 2, 27],
  ["t3.small", { warmPrefixTarget: 1 }, 16, 1, 2, 16],
  ["t3.small", { warmPrefixTarget: 1 }, 17, 1, 3, 31],
  ["t3.small", {}, 58, 2, 5, 22],
  ["t3.small", { warmIpTarget: 1, minimumIpTarget: 1 }, 0, 1, 1, 16],
  ["t3.small", { warmIpTarget: 1, minimumIpTarget: 1 }, 5, 1, 1, 11],
  ["t3.small", { warmIpTarget: 1, minimumIpTarget: 1 }, 17, 1, 2, 15],
  ["t3.small", { warmIpTarget: 1, minimumIpTarget: 1 }, 58, 2, 4, 6],
  ["t3.small", { warmIpTarget: 7, minimumIpTarget: 20 }, 5, 1, 2, 27],
  ["t3.small", { warmIpTarget: 7, minimumIpTarget: 20 }, 17, 1, 2, 15],
  ["t3.small", { warmIpTarget: 7, minimumIpTarget: 20 }, 58, 2, 5, 22],
  ["p3dn.24xlarge", { warmPrefixTarget: 1 }, 95, 1, 7, 17],
  ["p3dn.24xlarge", { warmIpTarget: 5, minimumIpTarget: 10 }, 15, 1, 2, 17],
  ["p3dn.24xlarge", { warmIpTarget: 5, minimumIpTarget: 10 }, 45, 1, 4, 19],
])(
  "%s with prefixes, %j and %d pods has %d ENIs and %d prefixes, %d unused",
  (name, settings, pods, enis, prefixes, unused) => {
    const addresses = vpcCniNodeAddresses(requireInstanceType(name), pods, settings, { mode: "prefix" });

    expect(addresses).toMatchObject({ enis, prefixes, unused, podAddresses: prefixes * 16 });
  },
);

test("the primary address of every further ENI is held too", () => {
  const addresses = vpcCniNodeAddresses(requireInstanceType("m5.large"), 25, {}, { mode: "secondary-ip" });

  expect(addresses).toMatchObject({ enis: 3, podAddresses: 27, unused: 2, eniPrimaries: 2, held: 4 });
});

test("with custom networking every ENI with pods is a further one", () => {
  const addresses = vpcCniNodeAddresses(
    requireInstanceType("m5.large"),
    5,
    {},
    { mode: "custom-networking" },
  );

  expect(addresses).toMatchObject({ enis: 2, eniPrimaries: 2, podAddresses: 18 });
});

test("the pool ends when every pod that kubelet takes has an address", () => {
  const type = requireInstanceType("m5.4xlarge");
  const of = (maxPods?: number) => vpcCniNodeAddresses(type, 110, {}, { mode: "prefix", maxPods }).prefixes;

  expect([of(), of(110)]).toEqual([8, 7]);
});

test("Cilium keeps eight addresses free besides its own two", () => {
  const addresses = ciliumNodeAddresses(requireInstanceType("m5.large"), 10, { mode: "cilium-eni" });

  expect(addresses).toMatchObject({ podAddresses: 20, unused: 10, enis: 3, eniPrimaries: 2, held: 12 });
});

test("Cilium with prefixes takes whole blocks, on ENIs of their own if told to", () => {
  const options = { mode: "cilium-eni-prefix", firstInterfaceIndex: 1 } as const;

  expect(ciliumNodeAddresses(requireInstanceType("m5.large"), 30, options)).toMatchObject({
    prefixes: 3,
    podAddresses: 48,
    enis: 1,
    eniPrimaries: 1,
  });
});

test("a node has an address for every pod, and never more than its ENIs hold", () => {
  const target = fc.option(fc.nat(60), { nil: undefined });
  const anySettings: fc.Arbitrary<WarmPoolSettings> = fc.record({
    warmEniTarget: target,
    warmIpTarget: target,
    minimumIpTarget: target,
    warmPrefixTarget: target,
  });
  const anyType = fc.constantFrom("t3.small", "m5.large", "m5.4xlarge", "p3dn.24xlarge", "p5.48xlarge");
  fc.assert(
    fc.property(anyType, anySettings, fc.nat(100), fc.boolean(), (name, settings, share, prefixes) => {
      const type = requireInstanceType(name);
      const most = type.enis * (type.ipv4PerEni - 1) * (prefixes ? 16 : 1);
      const pods = Math.floor((most * share) / 100);
      const mode = prefixes ? "prefix" : "secondary-ip";
      const { podAddresses, unused, enis } = vpcCniNodeAddresses(type, pods, settings, { mode });

      expect(podAddresses).toBeGreaterThanOrEqual(pods);
      expect(podAddresses).toBeLessThanOrEqual(most);
      expect(unused).toBe(podAddresses - pods);
      expect(enis).toBeLessThanOrEqual(type.enis);
    }),
  );
});

test("the trade-off: the defaults hold more and start more pods at once than fitted settings", () => {
  const choices = warmPoolTradeOff({
    type: requireInstanceType("m5.xlarge"),
    nodes: 40,
    podsPerNode: 20,
    settings: { warmIpTarget: 5 },
    options: { mode: "secondary-ip" },
  });

  // m5.xlarge: 4 ENIs of 14. 20 pods: three ENIs by default, 25 addresses as set, 22 fitted; the rest is held.
  expect(choices.map(({ name, heldInZone, readyPods }) => ({ name, heldInZone, readyPods }))).toEqual([
    { name: "as set", heldInZone: 40 * (5 + 1), readyPods: 5 },
    { name: "defaults", heldInZone: 40 * (22 + 2), readyPods: 22 },
    { name: "fitted", heldInZone: 40 * (2 + 1), readyPods: 2 },
  ]);
});

// aws/amazon-vpc-resource-controller-k8s v1.7.19 pkg/provider/branch/trunk: the trunk is an interface with an address.
test("the trunk of security groups for pods has an address, and no pod has one of its", () => {
  const large = requireInstanceType("m7i.large");
  const node = (securityGroupsForPods: boolean) =>
    vpcCniNodeAddresses(large, 18, {}, { mode: "secondary-ip", securityGroupsForPods, maxPods: 20 });

  expect(node(false)).toMatchObject({ enis: 3, eniPrimaries: 2 });
  expect(node(true)).toMatchObject({ enis: 2, podAddresses: 18, eniPrimaries: 2 });
});

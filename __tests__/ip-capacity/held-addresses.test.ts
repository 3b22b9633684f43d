import { mostHeld, podAddressBlock } from "../../src/ip-capacity/held-addresses";

test.each([
  ["prefix", {}, 16],
  ["cilium-eni-prefix", {}, 16],
  ["custom-networking", { prefixDelegation: true }, 16],
  ["custom-networking", {}, 1],
  ["secondary-ip", {}, 1],
  ["overlay", {}, 1],
] as const)("%s with %j hands out addresses by %d", (mode, options, block) => {
  expect(podAddressBlock(mode, options)).toBe(block);
});

test("names the type whose nodes hold most", () => {
  const held = mostHeld({ types: ["m5.large", "m5.4xlarge"], podsPerNode: 25, mode: "secondary-ip" });

  // 2 ENIs of 29, the second one warm: 33 addresses unused, and its own.
  expect(held).toMatchObject({ instanceType: "m5.4xlarge", unused: 33, eniPrimaries: 1, held: 34 });
});

test.each(["overlay", "ipv6"] as const)("nothing of the VPC is held in %s", (mode) => {
  expect(mostHeld({ types: ["m5.large"], podsPerNode: 25, mode })).toBeUndefined();
});

test("a type that cannot run in the mode holds nothing", () => {
  expect(mostHeld({ types: ["m4.large"], podsPerNode: 25, mode: "prefix" })).toBeUndefined();
});

test("a type that runs fewer pods than wanted is counted full", () => {
  expect(mostHeld({ types: ["m5.large"], podsPerNode: 100, mode: "secondary-ip" })).toMatchObject({
    podAddresses: 27,
    unused: 0,
  });
});

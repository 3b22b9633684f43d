import { requireInstanceType } from "../../src/facts/instance-types";
import { instanceTypesForDensity } from "../../src/ip-capacity/instance-type-advice";

test("names types that reach the density, the cheapest first", () => {
  const { types, reaching, priceRegion, pricesAsOf } = instanceTypesForDensity({
    podsPerNode: 27,
    mode: "secondary-ip",
    limit: 20,
  });
  const prices = types.map(({ onDemandUsdPerHour }) => onDemandUsdPerHour);

  expect(types).toHaveLength(20);
  expect(types.every(({ maxPods }) => maxPods >= 27)).toBe(true);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
  expect(reaching).toBeGreaterThan(20);
  expect([priceRegion, pricesAsOf]).toEqual(["us-east-1", expect.stringMatching(/^\d{4}-/)]);
});

test("leaves out earlier generations, Macs and the wrong architecture", () => {
  const names = instanceTypesForDensity({
    podsPerNode: 1,
    mode: "overlay",
    arch: ["x86_64"],
    limit: 5000,
  }).types.map(({ instanceType }) => requireInstanceType(instanceType));

  expect(names.filter(({ currentGeneration }) => !currentGeneration)).toEqual([]);
  expect(names.filter(({ name }) => name.startsWith("mac"))).toEqual([]);
  expect(names.filter(({ arch }) => !arch.includes("x86_64"))).toEqual([]);
});

test("keeps to a least size", () => {
  const { types } = instanceTypesForDensity({ podsPerNode: 110, mode: "prefix", vcpu: 8, memoryMiB: 32768 });

  expect(types.every(({ vcpu, memoryMiB }) => vcpu >= 8 && memoryMiB >= 32768)).toBe(true);
  expect(types).toHaveLength(6);
});

test("says how many types it leaves out for want of a price", () => {
  const all = instanceTypesForDensity({ podsPerNode: 1, mode: "overlay", limit: 5000 });

  expect(all.withoutPrice).toBe(all.reaching - all.types.length);
});

test("names no type where none reaches the density", () => {
  expect(instanceTypesForDensity({ podsPerNode: 5000, mode: "secondary-ip" })).toMatchObject({
    types: [],
    reaching: 0,
  });
});

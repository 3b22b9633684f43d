import path from "node:path";
import { dependentsOf, destroyOrder, reachesInto } from "../../../../src/cli/deploy/states/destroy-order";
import { loadFleet } from "../../../../src/fleet/load-fleet";
import { stacksAfter, stacksBefore } from "../../../../src/model/stacks/stack-order";
import type { StackName } from "../../../../src/model/stacks/stack-names";
import { aTarget } from "../../../support/fixtures";
import { aState } from "../../../support/states";

const target = aTarget("keda: {}\nmetricsServer: {}");
const there = (...stacks: StackName[]) => stacks.map((stack) => ({ stack, state: aState() }));

test("all that is there goes in the reverse order, also what the config no longer has", () => {
  expect(destroyOrder(there("network", "backup", "cluster", "nodes", "cni"))).toEqual([
    "backup",
    "nodes",
    "cni",
    "cluster",
    "network",
  ]);
});

test("a layer that the config has waits for everything that comes after it", () => {
  expect(dependentsOf("autoscaling", target, there("nodes", "autoscaling", "backup", "policies"))).toEqual({
    destroyFirst: ["backup", "policies"],
    deployFirst: [],
  });
});

test("one that the config no longer has waits for those that go as well, and for the others to do without it", () => {
  expect(dependentsOf("nodes", target, there("nodes", "autoscaling"))).toMatchObject({
    destroyFirst: ["autoscaling"],
  });
  const without = aTarget("metricsServer: {}\npolicies: {}");

  expect(dependentsOf("secrets", without, there("secrets", "policies", "ingress", "autoscaling"))).toEqual({
    destroyFirst: ["ingress"],
    deployFirst: ["policies"],
  });
});

test("a stack that read a layer's state depends on it, whatever the order says", () => {
  const federation = { stack: "federation" as const, state: aState({ reads: ["mesh"] }) };

  expect(dependentsOf("mesh", target, [...there("mesh"), federation]).destroyFirst).toEqual(["federation"]);
});

test("a peer's federation reaches into a target whose states it read", () => {
  const state = aState({ reads: ["network"], workspace: "prod-us-west-2" });

  expect(reachesInto(state, { workspace: "prod-us-west-2" })).toBe(true);
  expect(reachesInto(state, { workspace: "prod-us-west" })).toBe(false);
});

test("what a target deploys before a stack, that stack comes after in every target", () => {
  const { targets } = loadFleet(path.join(__dirname, "..", "..", "..", "..", "envs"));

  for (const each of targets)
    for (const stack of each.stacks)
      for (const earlier of stacksBefore(stack, each)) expect(stacksAfter(earlier)).toContain(stack);
});

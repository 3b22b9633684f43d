import { policySet } from "../../../src/reachability/policy/policy-set";
import type { Peer } from "../../../src/reachability/policy/peers";
import { isOf, selectionOf } from "../../../src/reachability/policy/selection";
import { fromJson } from "../../../src/guardrails/read/expression";
import { cilium, ciliumPolicy, networkPolicy, pods, worldOf } from "./worlds";

const everyPod = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** A policy for all of every third, and one for each of many namespaces. */
function manyPolicies(count: number): object[] {
  return Array.from({ length: count }, (_, index) =>
    index % 3 === 0
      ? ciliumPolicy({ endpointSelector: {}, ingress: [{}] })
      : networkPolicy(everyPod, `n${index}`),
  );
}

const ends: readonly Peer[] = [
  pods("n1/web", "web"),
  pods("n2/web", "web"),
  pods("n3/web", "web"),
  { kind: "entity", entity: "ingress" },
  { kind: "address", address: "192.0.2.1" },
];

test.each(ends)(
  "policies of an end's namespace and those of all may select it, in their order: %j",
  (end) => {
    const world = worldOf(manyPolicies(12));

    for (const direction of ["ingress", "egress"] as const) {
      const all = world.policies.rules.filter(
        (rule) => rule.direction === direction && isOf(rule.namespace, end),
      );
      expect(selectionOf(world, end, direction).selecting.map(({ rule }) => rule)).toEqual(all);
    }
  },
);

test.each([50, 100])("an end is compared with no policy of another namespace, of %i", (count) => {
  let compared = 0;
  const set = policySet(manyPolicies(count).map(fromJson), cilium);
  const rules = set.rules.map((rule) =>
    Object.defineProperty({ ...rule }, "subject", {
      get: () => {
        compared += rule.namespace === undefined ? 0 : 1;
        return rule.subject;
      },
    }),
  );
  const world = { ...worldOf([]), policies: { ...set, rules } };

  for (let each = 0; each < count; each++) selectionOf(world, pods(`n${each}/web`, "web"), "ingress");

  expect(compared).toBeGreaterThan(0);
  expect(compared).toBeLessThanOrEqual(count);
});

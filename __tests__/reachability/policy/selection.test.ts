import fc from "fast-check";
import { policySet } from "../../../src/reachability/policy/policy-set";
import { identityOf, type Peer } from "../../../src/reachability/policy/peers";
import { isOf, selectionOf } from "../../../src/reachability/policy/selection";
import { meets } from "../../../src/reachability/policy/selectors";
import { Unknown } from "../../../src/values/value";
import { fromJson } from "../../../src/guardrails/read/expression";
import { cilium, ciliumPolicy, named, networkPolicy, pods, worldOf } from "./worlds";

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
  // Twice for each direction: once to sort them, and once for the one that is about it.
  expect(compared).toBeLessThanOrEqual(4 * count);
});

test.each([50, 100])(
  "pods with a policy each are compared with no policy of another's, of %i in one namespace",
  (count) => {
    let compared = 0;
    const own = Array.from({ length: count }, (_, index) =>
      named(
        `app${index}`,
        networkPolicy(
          { podSelector: { matchLabels: { app: `app${index}` } }, policyTypes: ["Ingress"] },
          "shop",
        ),
      ),
    );
    const set = policySet(own.map(fromJson), cilium);
    const rules = set.rules.map((rule) =>
      Object.defineProperty({ ...rule }, "subject", { get: () => (compared++, rule.subject) }),
    );
    const world = { ...worldOf([]), policies: { ...set, rules } };

    const selecting = own.map(
      (_, index) => selectionOf(world, pods(`shop/app${index}`, `app${index}`), "ingress").selecting,
    );

    expect(new Set(selecting.map(({ length }) => length))).toEqual(new Set([1]));
    expect(compared).toBeLessThanOrEqual(2 * count);
  },
);

const label = fc.constantFrom("app", "tier", "zone");
const value = fc.constantFrom("a", "b", "c");
const expression = fc.oneof(
  fc.record({
    key: label,
    operator: fc.constantFrom("In", "NotIn"),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ key: label, operator: fc.constantFrom("Exists", "DoesNotExist") }),
);
const spec = fc.record({
  endpointSelector: fc.record({
    matchLabels: fc.dictionary(label, value, { maxKeys: 2 }),
    matchExpressions: fc.array(expression, { maxLength: 2 }),
  }),
  ingress: fc.constant([{}]),
});
const labels = fc.dictionary(label, fc.oneof(value, fc.constant(new Unknown(true, "known at apply"))));

test("the policies that select a pod are those whose selectors it meets, whatever its labels and theirs", () => {
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 12 }), labels, (specs, own) => {
      const world = worldOf(
        specs.map((each, index) =>
          named(`p${index}`, ciliumPolicy(each, index % 3 === 0 ? undefined : "shop")),
        ),
      );
      const end = pods("shop/web", "web", { labels: own });
      const { labels: known } = identityOf(end, world);
      const met = world.policies.rules.filter(
        (rule) => rule.direction === "ingress" && meets(rule.subject, known) !== false,
      );

      expect(selectionOf(world, end, "ingress").selecting.map(({ rule }) => rule)).toEqual(met);
    }),
    { numRuns: 500 },
  );
});

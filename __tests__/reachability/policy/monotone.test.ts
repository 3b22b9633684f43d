import fc from "fast-check";
import { fromJson } from "../../../src/guardrails/read/expression";
import {
  decideFlow,
  type Flow,
  type PolicyWorld,
  type Verdict,
} from "../../../src/reachability/policy/decide";
import { rangeGroups } from "../../../src/reachability/policy/peers";
import { policySet } from "../../../src/reachability/policy/policy-set";
import type { PolicyRule } from "../../../src/reachability/policy/rules";
import { randomEngine } from "../../../tools/policy-agreement/engines";
import { randomOf } from "../../../tools/policy-agreement/random";
import { randomFlows, randomPods } from "../../../tools/policy-agreement/random-flows";
import { randomPolicies } from "../../../tools/policy-agreement/random-policies";

/** A cluster of a seed, one more rule that another set has, and flows. */
function caseOf(seed: number): { world: PolicyWorld; rule: PolicyRule | undefined; flows: readonly Flow[] } {
  const random = randomOf(seed);
  const { engine } = randomEngine(random);
  const cilium = engine.kind === "cilium";
  const objects = randomPolicies(random, cilium).map(fromJson);
  const pods = randomPods(random, cilium);
  const [rule] = policySet(randomPolicies(random, cilium).map(fromJson), engine).rules;
  const world = {
    engine,
    policies: policySet(objects, engine),
    groups: rangeGroups(objects),
    namespaces: new Map(),
    pods,
    knowsAllPods: true,
    dns: pods.slice(0, 2),
  };
  return { world, rule, flows: randomFlows(random, pods, cilium, 30) };
}

function withRule(world: PolicyWorld, rule: PolicyRule): PolicyWorld {
  const { rules, ...policies } = world.policies;
  return { ...world, policies: { ...policies, rules: [...rules, rule] } };
}

/** Without what merges with other rules or limits requests. */
function plain(rule: PolicyRule, deny: boolean): PolicyRule {
  const { authentication: _, ...others } = rule;
  return { ...others, deny, closes: false, ports: rule.ports.map(({ ports }) => ({ ports })) };
}

const OPENNESS: Readonly<Record<Verdict, number>> = { denied: 0, undecided: 1, allowed: 2 };

function openness(world: PolicyWorld, flow: Flow): number {
  return OPENNESS[decideFlow(world, flow).verdict];
}

test("an added allow never closes a path", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { world, rule, flows } = caseOf(seed);
      if (rule === undefined) return;
      const more = withRule(world, plain(rule, false));
      for (const flow of flows) expect(openness(more, flow)).toBeGreaterThanOrEqual(openness(world, flow));
    }),
    { numRuns: 60 },
  );
});

test("an added deny never opens a path", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { world, rule, flows } = caseOf(seed);
      if (rule === undefined) return;
      const more = withRule(world, plain(rule, true));
      for (const flow of flows) expect(openness(more, flow)).toBeLessThanOrEqual(openness(world, flow));
    }),
    { numRuns: 60 },
  );
});

import fc from "fast-check";
import { stagesBefore } from "../../../src/cli/deploy/drain-run";
import { destroyOrder } from "../../../src/cli/deploy/states/destroy-order";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { allStacks } from "../../../src/model/stacks/own-stacks";
import type { StackName } from "../../../src/model/stacks/stack-names";
import { stacksAfter, stacksBefore } from "../../../src/model/stacks/stack-order";
import { BALANCER_STAGE, KARPENTER_STAGE } from "../../../src/teardown/drain";
import { aState } from "../../support/states";

const orderOf = (stacks: readonly StackName[]) =>
  destroyOrder(stacks.map((stack) => ({ stack, state: aState() })));
const place = (stack: StackName) => allStacks().indexOf(stack);
const targets = ["envs", "examples/envs"].flatMap((folder) => loadFleet(folder).targets);

test.each(targets.map((target) => [target.name, target] as const))(
  "%s is destroyed in the reverse order of its deployment, no stack before what stands on it",
  (_name, target) => {
    const going = orderOf(target.stacks);

    expect(going).toEqual([...target.stacks].reverse());
    for (const [index, stack] of going.entries())
      for (const earlier of stacksBefore(stack, target)) expect(going.slice(0, index)).not.toContain(earlier);
  },
);

/** Whatever is there: of an interrupted run, or what the config no longer has. */
const anyStacks = fc.subarray([...allStacks()], { minLength: 1 });

test("whatever is left of a target goes so that no stack goes before what may stand on it, and all of it goes", () => {
  fc.assert(
    fc.property(anyStacks, (stacks) => {
      const going = orderOf(stacks);
      expect([...going].sort()).toEqual([...stacks].sort());
      for (const [index, stack] of going.entries())
        for (const later of stacksAfter(stack)) expect(going.slice(index)).not.toContain(later);
    }),
  );
});

test("each stage of a drain comes once, before its controllers and the cluster go, and after all that could make more; Karpenter's not where Karpenter is gone", () => {
  fc.assert(
    fc.property(anyStacks, (stacks) => {
      const going = orderOf(stacks);
      const moments = going.flatMap((stack) =>
        stagesBefore(stack, going).map((stage) => [stage, stack] as const),
      );
      if (!going.includes("cluster")) return expect(moments).toEqual([]);
      expect(moments.map(([stage]) => stage)).toEqual(
        going.includes("autoscaling") ? [BALANCER_STAGE, KARPENTER_STAGE] : [BALANCER_STAGE],
      );
      for (const [stage, before] of moments) {
        const runs = stage === BALANCER_STAGE ? "ingress" : "autoscaling";
        expect(place(before)).toBeLessThanOrEqual(place(runs));
        expect(place(before)).toBeGreaterThanOrEqual(place("cluster"));
        const gone = going.slice(0, going.indexOf(before));
        expect(gone.every((stack) => place(stack) > place(runs))).toBe(true);
      }
    }),
  );
});

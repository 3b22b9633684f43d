import { App, type TerraformStack } from "cdktf";
import type { Target } from "../config/target";
import { evaluate } from "../guardrails/evaluate";
import { readPlan } from "../guardrails/read/read-plan";
import { readStack } from "../guardrails/read/read-stack";
import type { Inventory } from "../guardrails/resource";
import { allRules, ruleIds } from "../guardrails/rules/all-rules";
import { applyWaivers, type Judgement } from "../guardrails/waivers";
import { addTargetStacks } from "../stacks/target-stacks";
import { withoutStackTraces } from "./output/write-output";

/** A guardrail is broken and no waiver holds. */
export class GuardrailError extends Error {}

/** What the rules can read of stacks that are complete but not synthesized yet. */
export function inventoryOf(target: Target, stacks: readonly TerraformStack[]): Inventory {
  stacks.forEach((stack) => stack.prepareStack());
  const resources = stacks.flatMap((stack) => {
    const json: unknown = stack.toTerraform();
    // Resolving a stack is most of the time of a synthesis; what was resolved here is written as it is.
    Object.defineProperty(stack, "toTerraform", { value: () => json });
    return readStack(json, stack.node.id);
  });
  return { resources, complete: true, production: target.production };
}

/** The same without writing anything. */
export function targetInventory(target: Target): Inventory {
  return withoutStackTraces(() => inventoryOf(target, addTargetStacks(new App(), target)));
}

/** A plan file that was read: the stack it is of, and its JSON. */
export interface StackPlan {
  readonly stack: string;
  readonly plan: unknown;
}

export function planInventory(target: Target, plans: readonly StackPlan[]): Inventory {
  const resources = plans.flatMap(({ plan, stack }) => readPlan(plan, stack));
  return { resources, complete: false, production: target.production };
}

/** All findings of a target, with its waivers applied. */
export function judge(target: Target, inventory: Inventory, asOf: () => string): Judgement {
  return applyWaivers(evaluate(inventory, allRules), target.config.waivers, { asOf, ruleIds });
}

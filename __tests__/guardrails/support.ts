import { evaluate, type Finding } from "../../src/guardrails/evaluate";
import { expand } from "../../src/guardrails/read/expand";
import { fromJson } from "../../src/guardrails/read/expression";
import type { Inventory, Resource } from "../../src/guardrails/resource";
import { allRules } from "../../src/guardrails/rules/all-rules";
import type { Rule } from "../../src/guardrails/rule";
import { isMap } from "../../src/guardrails/value";

/** A resource of a case: type and attributes as in Terraform JSON; the address and stack where they matter. */
export type Given = readonly [type: string, attributes: object, at?: { address?: string; stack?: string }];

/** A rule, what breaks it and what does not. */
export type RuleCase = readonly [rule: string, violating: readonly Given[], clean: readonly Given[]];

export function resources(given: readonly Given[], source: Resource["source"] = "input"): Resource[] {
  return given.flatMap(([type, attributes, { address, stack = "prod-network" } = {}], index) => {
    const read = fromJson(attributes);
    return expand({
      type,
      stack,
      source,
      address: address ?? `${type}.r${index}`,
      attributes: isMap(read) ? read : {},
    });
  });
}

export function inventory(given: readonly Given[], more: Partial<Inventory> = {}): Inventory {
  return { resources: resources(given), complete: true, production: true, ...more };
}

export function ruleOf(id: string): Rule {
  const found = allRules.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}

/** What one rule finds. */
export function findingsOf(id: string, given: readonly Given[], more: Partial<Inventory> = {}): Finding[] {
  return evaluate(inventory(given, more), [ruleOf(id)]);
}

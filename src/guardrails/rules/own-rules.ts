import type { Rule } from "../rule";
import { allRules, fleetRules } from "./all-rules";

/** Rules of a project. Said once, before anything is judged. */
let ownRules: readonly Rule[] = [];

/** Adds a project's rules, in place of those that were added before. */
export function setOwnRules(rules: readonly Rule[]): void {
  ownRules = rules;
}

/** What anything is judged by: every guardrail, then a project's own. */
export function rulesInForce(): readonly Rule[] {
  return [...allRules, ...ownRules];
}

/** Those that a target is judged by alone. */
export function targetRulesInForce(): readonly Rule[] {
  return rulesInForce().filter((each) => !fleetRules.includes(each));
}

export function ruleIdsInForce(): ReadonlySet<string> {
  return new Set(rulesInForce().map(({ id }) => id));
}

import type { Finding } from "../model/change";
import type { Phrase } from "../model/phrase";
import type { PlannedChange } from "../read/plan";
import { rules, type RuleId } from "./rules";
import type { Surroundings } from "./surroundings";

/** Looks at one change and says what it does. Pure; a rule that throws is reported as a finding. */
export type Rule = (change: PlannedChange, around: Surroundings) => Finding[];

type Extra = Partial<Pick<Finding, "impact" | "couldBe" | "doubt" | "details" | "why">>;

export function finding(rule: RuleId, what: Phrase, extra: Extra = {}): Finding {
  const { impact, why } = rules[rule];
  return { rule, impact, why, what, details: [], ...extra };
}

/** Whether the object that is there now goes. */
export function isLost({ action }: PlannedChange): boolean {
  return action === "delete" || action === "replace";
}

/** `replaces` or `deletes` */
export function losing({ action }: PlannedChange): string {
  return action === "replace" ? "replaces" : "deletes";
}

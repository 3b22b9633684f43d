import type { Alike, Finding } from "../model/change";
import { type Phrase, say, words } from "../model/phrase";
import type { PlannedChange } from "../read/plan";
import { rules, type RuleId } from "./rules";
import type { Surroundings } from "./surroundings";

/** Looks at one change and says what it does. Pure; a rule that throws is reported as a finding. */
export type Rule = (change: PlannedChange, around: Surroundings) => Finding[];

type Extra = Partial<Pick<Finding, "impact" | "couldBe" | "doubt" | "details" | "why" | "alike" | "size">>;

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

/** A finding of which many can be told as one: `says` and the subject, or the number of them. */
export function findingOf(rule: RuleId, alike: Alike, extra: Extra = {}): Finding {
  const { says, subject, noun, after = [] } = alike;
  const named = says.length === 0 || isNamed(noun) ? say`${subject}` : say`the ${words(noun)} ${subject}`;
  return finding(rule, say`${says} ${named}${after.length === 0 ? [] : say` ${after}`}`, { alike, ...extra });
}

/** Nouns that are part of the subject's own name: a resource by its address. */
function isNamed(noun: string): boolean {
  return noun === "resource";
}

/** Whether a finding says more than that something changes. */
export function isNoteworthy({ impact, couldBe }: Finding): boolean {
  return (couldBe ?? impact) !== "routine" && (couldBe ?? impact) !== "none";
}

import { capacityCheck, type CapacityCheck } from "../ip-capacity/capacity-report";
import { lineOf } from "../fleet/place-of";
import type { DecisionName } from "../model/settings";
import type { Target } from "../model/target";
import type { JudgedFinding } from "../guardrails/waivers";
import type { Inventory, Resource } from "../guardrails/resource";
import { at, type Value } from "../values/value";

export type Status = "met" | "not met" | "not decidable before apply" | "decision needed";

export interface Answer {
  readonly status: Status;
  /** Why, with the figures or names that decide it. */
  readonly says: string;
  /** `file:line` or `stack/address`. */
  readonly evidence: readonly string[];
}

/** Which of the two checklists: how addresses and traffic are laid out, or what an enterprise asks of the whole. */
export type Checklist = "networking" | "enterprise";

/** One line of a checklist, in our own words. */
export interface Item {
  readonly list: Checklist;
  readonly group: string;
  /** Place in its list, from 1. */
  readonly number: number;
  readonly asks: string;
  readonly judge: (facts: Facts) => Answer;
}

/** What an item is judged by. */
export interface Facts {
  readonly target: Target;
  readonly inventory: Inventory;
  readonly findings: readonly JudgedFinding[];
  /** Day for which decisions are judged, `YYYY-MM-DD`. */
  readonly asOf: () => string;
}

export function met(says: string, ...evidence: readonly (string | undefined)[]): Answer {
  return { status: "met", says, evidence: present(evidence) };
}

export function notMet(says: string, ...evidence: readonly (string | undefined)[]): Answer {
  return { status: "not met", says, evidence: present(evidence) };
}

export function notDecidable(says: string, ...evidence: readonly (string | undefined)[]): Answer {
  return { status: "not decidable before apply", says, evidence: present(evidence) };
}

function present(evidence: readonly (string | undefined)[]): string[] {
  return [...new Set(evidence.filter((each) => each !== undefined))];
}

export function place({ stack, address }: Resource): string {
  return `${stack}/${address}`;
}

/** The lines that set these settings; a default has none. */
export function lines({ target }: Facts, ...settings: readonly string[]): (string | undefined)[] {
  return settings.map((setting) => lineOf(target, setting));
}

export function found(
  { inventory }: Facts,
  type: string,
  holds: (resource: Resource) => boolean = () => true,
): Resource[] {
  return inventory.resources.filter((each) => each.type === type && holds(each));
}

/** The release of a chart, by the end of its name. */
export function chart(facts: Facts, name: string): Resource | undefined {
  return found(facts, "helm_release", ({ attributes }) => {
    const { chart: of } = attributes;
    return typeof of === "string" && (of === name || of.endsWith(`/${name}`));
  })[0];
}

export function valueOf(release: Resource | undefined, ...path: readonly string[]): Value {
  return at(release?.attributes, "values", ...path);
}

/** Open violations of these rules, as an answer where there are any. */
export function brokenRules({ findings }: Facts, ...ids: readonly string[]): Answer | undefined {
  const broken = findings.filter(
    ({ rule, outcome, status }) => ids.includes(rule.id) && outcome !== "unknown" && status !== "waived",
  );
  const [first] = broken;
  if (first === undefined) return undefined;
  return notMet(
    `${first.rule.id}: ${first.detail}`,
    ...broken.map(({ stack, address }) => `${stack}/${address}`),
  );
}

/** What somebody decided and wrote down. */
export function byDecision(facts: Facts, name: DecisionName, about: string): Answer {
  const decision = facts.target.config.decisions[name];
  const says = (text: string): Answer => ({ status: "decision needed", says: text, evidence: [] });
  if (decision === undefined) return says(`${about}; write decisions.${name}`);
  const evidence = lines(facts, `decisions.${name}`);
  const today = facts.asOf();
  if (decision.review < today)
    return {
      ...says(`decided by ${decision.by} on ${decision.on}, due for review since ${decision.review}`),
      evidence: present(evidence),
    };
  return met(
    `${decision.choice} (${decision.by}, ${decision.on}; review by ${decision.review})`,
    ...evidence,
  );
}

export function capacity({ target }: Facts): CapacityCheck {
  return capacityCheck(target.capacity);
}

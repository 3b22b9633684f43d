import type { Difference } from "../diff/difference";
import type { Action, PlannedOutput } from "../read/plan";
import type { RuleId } from "../rules/rules";
import type { Impact } from "./impact";
import type { Phrase } from "./phrase";

/** One thing that a change does, by one rule. */
export interface Finding {
  readonly rule: RuleId;
  readonly impact: Impact;
  /** The worst that it can turn out to be, where that is not decided before apply. Gates and order go by this. */
  readonly couldBe?: Impact;
  /** Says that a finding is possible, not certain, and what it hangs on. */
  readonly doubt?: Phrase;
  /** What it does, as a sentence without a subject: replaces the cluster `main`. */
  readonly what: Phrase;
  /** Why that matters. */
  readonly why: string;
  /** Lines that prove it: actions granted, ports opened, values changed. */
  readonly details: readonly Phrase[];
  /** By which the same of several subjects is told once. */
  readonly alike?: Alike;
  /** How much of it there is, for the order among findings of one rule: nodes. */
  readonly size?: number;
}

/** A finding in parts, so that it can be told of many subjects at once: `lets Auditor administer` and then `9 keys`. */
export interface Alike {
  readonly says: Phrase;
  /** What a subject is, in the singular: `key`. */
  readonly noun: string;
  readonly subject: string;
  /** What comes after the subjects. */
  readonly after?: Phrase;
  /** What is told of this subject alone where there are many; its name without it. */
  readonly line?: Phrase;
}

/** Where a change stands that another one follows from. */
export interface Cause {
  readonly stack: string;
  readonly address: string;
}

/** One object of one stack, and what becomes of it. */
export interface Change {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** For a replacement: new before old. */
  readonly createBeforeDelete: boolean;
  /** Attributes that force the replacement, or Terraform's reason for it. */
  readonly replacedBecause: readonly string[];
  readonly movedFrom?: string;
  readonly imported: boolean;
  /** Worst of the findings. */
  readonly impact: Impact;
  /** Worst that the findings can turn out to be. Never better than `impact`. */
  readonly couldBe: Impact;
  readonly findings: readonly Finding[];
  readonly differences: readonly Difference[];
  /** Differences that were left out because there were too many. */
  readonly differencesLeftOut: number;
  /** Attributes whose new value is known only after apply. */
  readonly unknown: readonly string[];
  /** Attributes whose new value holds a placeholder, and what it stands for: `vpc_id (network.vpc_id)`. */
  readonly placeholders: readonly string[];
  /** The change that this one follows from: it is told there, and costs nothing more. */
  readonly cause?: Cause;
}

/** What Terraform found changed since the last apply, not by Terraform. */
export interface Drift extends Change {
  /** Whether this plan puts it back. */
  readonly takenBack: boolean;
}

export interface StackSummary {
  readonly stack: string;
  readonly source: string;
  readonly terraformVersion: string;
  readonly counts: Readonly<Record<Action, number>>;
}

export interface Review {
  /** What is there and no config makes any more, so that no plan shows it. */
  readonly leftBehind: readonly Phrase[];
  readonly stacks: readonly StackSummary[];
  /** Without no-ops and reads, the worst first. */
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly outputs: readonly PlannedOutput[];
  /** Stacks whose planning stopped at an error: what they would change is not known. */
  readonly stopped: readonly string[];
  /** What is wrong with the plans themselves: unfinished, put off, failed checks. */
  readonly warnings: readonly Phrase[];
  /** What a review of these plans can't see. */
  readonly blindSpots: readonly string[];
  readonly counts: Readonly<Record<Action, number>>;
  readonly impact: Impact;
  readonly couldBe: Impact;
}

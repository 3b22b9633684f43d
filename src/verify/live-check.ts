import { runbookOfCheck } from "../facts/runbooks";
import type { Answer, Question } from "../live/question";
import type { Target } from "../model/target";
import type { JudgedNeed } from "../reachability/path/judge-needs";
import type { ReachWorld } from "../reachability/path/reach-world";
import type { IdentityProof } from "../permissions/prove";

export const groups = [
  "cluster",
  "nodes",
  "CNI",
  "addresses",
  "DNS",
  "platform",
  "identity",
  "load balancers",
  "mesh",
  "secrets",
  "delivery",
  "backup",
  "traffic",
] as const;
export type Group = (typeof groups)[number];

/** What takes minutes or changes something for a while, and is done only where somebody asks for it, by an option of this name. */
export const requests = ["drift", "cilium-connectivity", "throughput", "restore"] as const;
export type OnRequest = (typeof requests)[number];

/** What checks are about: a target as its configuration says, and a moment. */
export interface Subject {
  readonly target: Target;
  /** Milliseconds since 1970, by which ages are judged. */
  readonly now: number;
  /** What is proved of each identity's calls. */
  readonly proofs: () => readonly IdentityProof[];
  /** What is proved of flows; only checks that make traffic ask it. */
  readonly reach: () => Reached;
  /** Image of pods that are made; left out: the platform's choice. */
  readonly image?: string;
  /** Gbit/s that two nodes have to reach. */
  readonly gigabits?: number;
  /** Namespace that is restored for a try. */
  readonly restore?: string;
}

export interface Reached {
  readonly world: ReachWorld;
  readonly judged: readonly JudgedNeed[];
}

export interface Outcome {
  /** `not known`: nobody could be asked, or may ask; nothing is said of the cluster by that. */
  readonly is: "met" | "not met" | "not known";
  /** What was seen, what is wrong, or why it is not known: a line each. */
  readonly says: readonly string[];
}

/** The answer to a question; one that was not asked yet is asked, and the check judges again. */
export type Told = (question: Question) => Answer;

/** One thing that a running cluster is asked. A function from a target and answers to an outcome: it asks nobody itself. */
export interface LiveCheck {
  /** Stable for ever; its runbook is in src/facts/runbooks.ts. */
  readonly id: string;
  readonly group: Group;
  /** What is so where it is met. */
  readonly proves: string;
  /** Questions, for readers. */
  readonly asks: readonly string[];
  /** What says the same before a deploy: rules, commands, keys. */
  readonly offline: string;
  /** Only where pods may be made for it. */
  readonly traffic?: true;
  /** Only where it is asked for. */
  readonly onRequest?: OnRequest;
  readonly applies: (target: Target) => boolean;
  readonly judge: (subject: Subject, told: Told) => Outcome;
}

export interface Checked {
  readonly check: LiveCheck;
  readonly outcome: Outcome;
}

export const always = (): boolean => true;

/** Where the runbook of a check is, from the root of the repository; what the check asks where nothing is to be found out further. */
export function runbookOf({ id }: Pick<LiveCheck, "id">): string {
  return runbookOfCheck(id) ?? "docs/verify.md";
}

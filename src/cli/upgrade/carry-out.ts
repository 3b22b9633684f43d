import type { HopStep } from "../../upgrade/hop-steps";
import { begun, ended, isDone, type Journal, stopped } from "../../upgrade/journal";
import { describeError } from "../report-error";
import { say } from "../terminal";

/** What does the steps of a hop, and keeps how far it is. */
export interface Hands {
  /** SHA-256 of a stack's Terraform JSON. */
  digest(stack: string): string;
  define(step: Extract<HopStep, { does: "define" }>): Promise<void>;
  /** @returns whether anything was changed */
  deploy(step: Extract<HopStep, { does: "deploy" }>, place: Place): Promise<boolean>;
  verify(step: Extract<HopStep, { does: "verify" }>): Promise<void>;
  keep(journal: Journal): void;
}

/** Of a step among all of them, counted from 0. */
export interface Place {
  readonly index: number;
  readonly total: number;
}

/**
 * Does the steps of a hop that are not done yet, in order, and stops at the first that fails. What is done is kept after each step, so
 * that whoever comes next goes on there, also where this program was killed.
 *
 * @throws whatever the step threw; the message then also says which step it was, and what is left
 */
export async function carryOut(steps: readonly HopStep[], start: Journal, hands: Hands): Promise<Journal> {
  let journal = start;
  const keep = (next: Journal) => hands.keep((journal = next));
  /** Stacks that were changed, or may have been by a run that did not end. */
  const changed = new Set(
    steps.flatMap((step) => (step.does === "deploy" && step.id === start.at ? [step.stack] : [])),
  );
  for (const [index, step] of steps.entries()) {
    const digest = digestOf(step, hands);
    const isStale =
      step.does === "verify" && (step.stack === undefined ? changed.size > 0 : changed.has(step.stack));
    if (isDone(journal, step, digest) && !isStale) {
      if (step.id in start.done) say(`${step.id}: done before`);
      continue;
    }
    keep(begun(journal, step));
    try {
      if (step.does === "define") await hands.define(step);
      else if (step.does === "verify") await hands.verify(step);
      else if (await hands.deploy(step, { index, total: steps.length })) changed.add(step.stack);
    } catch (error) {
      keep(stopped(journal, firstLine(describeError(error))));
      if (error instanceof Error) error.message += `\n${whatIsLeft(steps, index)}`;
      throw error;
    }
    keep(ended(journal, step, digest));
    // What was not touched is asked at the end, with all else.
    const next = steps[index + 1];
    if (
      step.does === "deploy" &&
      !changed.has(step.stack) &&
      next?.does === "verify" &&
      next.stack === step.stack
    )
      keep(ended(journal, next));
  }
  return journal;
}

/** What a step is known again by; undefined for one that only asks. */
function digestOf(step: HopStep, hands: Hands): string | undefined {
  if (step.does === "verify") return undefined;
  if (step.does === "deploy") return hands.digest(step.stack);
  return step.charts.map(({ name, version }) => `${name} ${version}`).join(", ");
}

function whatIsLeft(steps: readonly HopStep[], index: number): string {
  const left = steps.slice(index + 1).map(({ id }) => id);
  const after = left.length === 0 ? "nothing comes after it" : `not begun: ${left.join(", ")}`;
  return `the upgrade stopped in step ${index + 1} of ${steps.length}, ${steps[index]?.id ?? ""}; ${after}. The same command goes on there`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}

import { z } from "zod";
import { minorNames, releaseNames } from "../releases/names";
import type { HopStep } from "./hop-steps";

const stand = z.object({
  release: z.enum(releaseNames),
  kubernetes: z.enum(minorNames),
  nodes: z.enum(minorNames),
});

/** How far a hop has come: what a second run needs to go on with it. Holds no secret, and no more than the config and ids of stacks. */
export const journalSchema = z.object({
  format: z.literal(1),
  target: z.string(),
  from: stand,
  /** What the config says from the first step on. */
  hop: stand,
  /** By the id of a step: for a stack the SHA-256 of what was deployed, for definitions their charts' versions, otherwise nothing. */
  done: z.record(z.string(), z.string()),
  /** The step that was begun last, and is not done. */
  at: z.string().optional(),
  /** Why it is not, where that is known: a program that is killed says nothing. */
  why: z.string().optional(),
});
export type Journal = z.infer<typeof journalSchema>;

export function begun(journal: Journal, { id }: HopStep): Journal {
  const { why: _before, ...rest } = journal;
  return { ...rest, at: id };
}

export function ended(journal: Journal, { id }: HopStep, digest = ""): Journal {
  const { at: _at, why: _why, ...rest } = journal;
  return { ...rest, done: { ...rest.done, [id]: digest } };
}

export function stopped(journal: Journal, why: string): Journal {
  return { ...journal, why };
}

/**
 * Whether a step need not be done again. A stack whose Terraform JSON is another one by now does, and so do every check of it and
 * definitions of another version: the config was edited in between.
 *
 * @param digest of what the step would do now
 */
export function isDone(journal: Journal, step: HopStep, digest: string | undefined): boolean {
  const before = journal.done[step.id];
  return before !== undefined && (step.does === "verify" || before === digest);
}

/** `[where it stopped] and why`, for readers. */
export function stoppedAt({ at, why }: Journal): string {
  if (at === undefined) return "it was about to go on";
  return why === undefined ? `it was ended in the step ${at}` : `it stopped in the step ${at}: ${why}`;
}

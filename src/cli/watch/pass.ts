import type { Read, Reads } from "../../reads/reads";
import { ConfigError, formatProblem } from "../../config/read/problem";
import { describeError, exitCodeOf } from "../report-error";

/** What one run of a command says that is run again and again while somebody edits. */
export interface Pass {
  /** What it was made of: whoever asks this again and hears the same has nothing to run. */
  readonly reads: readonly Read[];
  /** A line for each thing that is wrong; none where the command did its work. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** Hashes of the files that it made, by their paths; undefined where it came to none. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** What there is now, in a line. */
  readonly summary: string;
  /** The page that it made, where it makes one. */
  readonly page?: string;
  /** 0 where nothing is wrong. */
  readonly exitCode: number;
}

/** What a command did, where nothing is wrong. */
export type Done = Pick<Pass, "summary"> & Partial<Pick<Pass, "problems" | "warnings" | "outputs" | "page">>;

/** By this and a channel to its parent a process knows that it is one pass of a watch. */
export const PASS = "OCTARINE_PASS";

/** Whether this process is a pass of another, which waits to hear of it. */
export function isPass(): boolean {
  return process.env[PASS] === "1" && process.send !== undefined;
}

/**
 * Does a command's work and tells the parent of it, or of what went wrong, with all that was read until then: the cause of
 * what went wrong is in there.
 */
export async function tellPass(reads: Reads, work: () => Done | Promise<Done>): Promise<void> {
  const pass = await passOf(reads, work);
  await new Promise((resolve) => process.send?.(pass, resolve));
  process.disconnect();
}

async function passOf(reads: Reads, work: () => Done | Promise<Done>): Promise<Pass> {
  const nothing = { problems: [], warnings: [] };
  try {
    const done = await work();
    const exitCode = (done.problems ?? []).length > 0 ? 1 : 0;
    return { ...nothing, ...done, reads: reads.all, exitCode };
  } catch (error) {
    const problems = problemsOf(error);
    return { ...nothing, problems, reads: reads.all, summary: "", exitCode: exitCodeOf(error) };
  }
}

function problemsOf(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems.map(formatProblem);
  return describeError(error).split("\n").filter(Boolean);
}

import type { LoadOptions } from "../fleet/load-fleet";
import { isDay } from "../text/day";
import { dataAsOf } from "../facts/as-of";
import { commitDay } from "../reads/reads";

/**
 * The day for which waivers of guardrails and decisions are judged: the one that the run was told, the day of the last
 * commit of the folder, or the day of the data. Never the clock, so that a commit is judged alike on any day.
 *
 * @returns what gives the day; Git is only asked when somebody wants to know
 */
export function judgementDay({ asOf }: LoadOptions, dir: string): () => string {
  let day = asOf;
  return () => (day ??= dayOfCommit(dir) ?? dataAsOf);
}

function dayOfCommit(dir: string): string | undefined {
  const day = commitDay(dir);
  return day !== undefined && isDay(day) ? day : undefined;
}

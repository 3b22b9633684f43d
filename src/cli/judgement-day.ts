import { spawnSync } from "node:child_process";
import type { LoadOptions } from "../fleet/load-fleet";
import { isDay } from "../config/schema/waivers";
import { dataAsOf } from "../facts/as-of";

/**
 * The day for which waivers of guardrails and decisions are judged: the one that the run was told, the day of the last
 * commit of the folder, or the day of the data. Never the clock, so that a commit is judged alike on any day.
 *
 * @returns what gives the day; Git is only asked when somebody wants to know
 */
export function judgementDay({ asOf }: LoadOptions, dir: string): () => string {
  let day = asOf;
  return () => (day ??= commitDay(dir) ?? dataAsOf);
}

function commitDay(cwd: string): string | undefined {
  const { status, stdout } = spawnSync("git", ["log", "-1", "--format=%cs"], { cwd, encoding: "utf8" });
  const day = status === 0 ? stdout.trim() : "";
  return isDay(day) ? day : undefined;
}

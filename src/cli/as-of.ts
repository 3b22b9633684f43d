import { spawnSync } from "node:child_process";
import { isDay } from "../config/schema/waivers";
import { dataAsOf } from "../facts/as-of";
import { UsageError } from "./report-error";

/**
 * The day for which waivers and decisions are judged: the option, OCTARINE_AS_OF, the day of the last commit of the
 * folder, or the day of the data. Never the clock, so that a commit is judged alike on any day.
 *
 * @returns what gives the day; Git is only asked when somebody wants to know
 * @throws UsageError for anything but a day
 */
export function asOfDay(option: string | undefined, dir: string): () => string {
  const said = option ?? process.env.OCTARINE_AS_OF;
  if (said !== undefined && said !== "") {
    if (isDay(said)) return () => said;
    throw new UsageError(`--as-of ${said} is no day; write YYYY-MM-DD, for example 2027-03-31`);
  }
  let day: string | undefined;
  return () => (day ??= commitDay(dir) ?? dataAsOf);
}

function commitDay(cwd: string): string | undefined {
  const { status, stdout } = spawnSync("git", ["log", "-1", "--format=%cs"], { cwd, encoding: "utf8" });
  const day = status === 0 ? stdout.trim() : "";
  return isDay(day) ? day : undefined;
}

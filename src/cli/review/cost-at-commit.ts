import type { ComparedEstimate, ComparedLine } from "../../cost/cost-diff";
import type { CostRange } from "../../cost/cost-range";
import { costSections } from "../../cost/cost-line";
import { field, isArray, type Json, parseJson, text } from "../../terraform-plan/json";
import { CommandFailure } from "../report-error";
import { say } from "../terminal";
import { atCommit, runAt } from "./synth-at-commit";

/**
 * Estimates of all targets as a commit makes them, by its own code and prices; of the working tree without `ref`.
 *
 * @throws UsageError if this is not a git repository or `ref` is not a commit
 * @throws CommandFailure if the commit makes no estimates, or some that can't be read
 */
export function costsAt(
  ref: string | undefined,
  envs: string,
  options: readonly string[],
): ComparedEstimate[] {
  return atCommit(ref, envs, (project) => {
    say(`estimating ${project.name}`);
    const printed = runAt(project, [...options, "cost", "--json"], "makes no estimates");
    const estimates = parseJson(printed);
    if (!isArray(estimates)) throw unreadable(project.name);
    return estimates.map((each) => readEstimate(each) ?? fail(project.name));
  });
}

function readEstimate(estimate: Json): ComparedEstimate | undefined {
  const target = text(field(estimate, "target"));
  const region = text(field(estimate, "region"));
  const total = readRange(field(estimate, "total"));
  const lines = field(estimate, "lines");
  if (target === undefined || region === undefined || total === undefined || !isArray(lines))
    return undefined;
  const complete = field(estimate, "complete") === true;
  return { target, region, total, complete, lines: lines.flatMap(readLine) };
}

function readLine(line: Json): ComparedLine[] {
  const item = text(field(line, "item"));
  const section = costSections.find((each) => each === field(line, "section"));
  const usd = readRange(field(line, "usd"));
  return item === undefined || section === undefined ? [] : [{ item, section, ...(usd && { usd }) }];
}

function readRange(range: Json | undefined): CostRange | undefined {
  const [min, expected, max] = ["min", "expected", "max"].map((key) => field(range, key));
  return typeof min === "number" && typeof expected === "number" && typeof max === "number"
    ? { min, expected, max }
    : undefined;
}

function fail(name: string): never {
  throw unreadable(name);
}

function unreadable(name: string): CommandFailure {
  return new CommandFailure(`the estimates of ${name} have another format; compare with a newer commit`);
}

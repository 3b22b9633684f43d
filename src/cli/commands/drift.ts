import type { Command } from "commander";
import { selectTargets } from "../../fleet/select-targets";
import { flat, type Phrase } from "../../plan-review/model/phrase";
import type { PlanText } from "../../plan-review/read/read-plan";
import { counted } from "../../text/counted";
import { tellLeftBehind } from "../deploy/states/tell";
import { type RunOptions, TargetRun } from "../deploy/target-run";
import { envsDir } from "../fleet-options";
import { type ReviewOptions, reviewPlans } from "../review/review-output";
import { say } from "../terminal";
import { warnedFleet } from "../warned-fleet";
import { planStacks } from "./plan";

/**
 * Plans every stack of targets and reviews what is not as the config says: what somebody changed in AWS or the cluster, what was
 * not deployed yet, and what no config makes any more. One review of all; exit code 1 where there is anything.
 */
export async function drift(
  names: string[],
  options: RunOptions & ReviewOptions,
  command: Command,
): Promise<void> {
  const fleet = warnedFleet(command, names, ["settings"]);
  const { targets } = selectTargets(fleet, names);
  const texts: PlanText[] = [];
  const unplanned: string[] = [];
  const left: Phrase[] = [];
  const failures: string[] = [];
  for (const { name } of targets) {
    const run = new TargetRun(fleet, name, options);
    try {
      left.push(...(await tellLeftBehind(fleet, run.target, envsDir(command))));
      const planned = await planStacks(run, run.stacks(), { ...options, review: true }, false);
      texts.push(...planned.texts);
      unplanned.push(...planned.unplanned);
      failures.push(...planned.failures.map(({ message }) => message));
    } finally {
      run.close();
    }
  }
  say(`planned ${counted(texts.length, "stack")} of ${counted(targets.length, "target")}`);
  reviewPlans(texts, { ...options, failOn: options.failOn ?? "routine" }, unplanned, left);
  failures.forEach(say);
  if (failures.length > 0 || left.map(flat).length > 0) process.exitCode = 1;
}

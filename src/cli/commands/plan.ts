import { counted } from "../../text/counted";
import type { Command } from "commander";
import { flat } from "../../plan-review/model/phrase";
import type { PlanText } from "../../plan-review/read/read-plan";
import { stackId } from "../../model/stacks/state-location";
import { unsaidOf } from "../adopt/refuse-unsaid";
import { PreviewRun } from "../deploy/preview/preview-run";
import { tellLeftBehind } from "../deploy/states/tell";
import { OUT_DIR, positionOf, type RunOptions, TargetRun } from "../deploy/target-run";
import { UpstreamOutputs, waitsForText } from "../deploy/upstream-outputs";
import { stackDir } from "../deploy/workspaces";
import { envsDir } from "../fleet-options";
import { CommandFailure, UsageError } from "../report-error";
import { type ReviewOptions, reviewPlans } from "../review/review-output";
import { planAsJson, runPlan } from "../review/review-target";
import { heading, print, say, warn } from "../terminal";
import { warnedFleet } from "../warned-fleet";

export async function planTarget(
  name: string,
  only: string | undefined,
  options: PlanOptions,
  command: Command,
): Promise<void> {
  refuseReviewOptionsAlone(options);
  const fleet = warnedFleet(command, [name], ["settings"]);
  const run = new TargetRun(fleet, name, options);
  const stacks = run.stacks(only);
  const left = await tellLeftBehind(fleet, run.target, envsDir(command));
  const { texts, planned, unplanned, unsaid, failures } = options.preview
    ? await preview(run, stacks, options)
    : await planStacks(run, stacks, options, only !== undefined);
  run.close();
  const done = `${run.target.name}: planned ${planned} of ${counted(stacks.length, "stack")}`;
  // SARIF has places in plans only.
  if (!options.review || options.format === "sarif") left.map(flat).forEach(warn);
  if (!options.review) return print(done);
  say(done);
  reviewPlans(texts, options, unplanned, left);
  unsaid.forEach(say);
  if (unsaid.length > 0) process.exitCode = 1;
  const [failure] = failures;
  if (failure !== undefined) throw failure;
}

export interface PlanOptions extends RunOptions, ReviewOptions {
  readonly review?: boolean;
  readonly preview?: boolean;
}

export interface Planned {
  /** The plans, where they are to be reviewed. */
  readonly texts: readonly PlanText[];
  readonly planned: number;
  /** Stacks that can't be planned yet. */
  readonly unplanned: readonly string[];
  /** What first plans of what is taken over do, and nobody said. */
  readonly unsaid: readonly string[];
  /** Why Terraform stopped before the end of a plan that is reviewed all the same. */
  readonly failures: readonly CommandFailure[];
}

type Stacks = ReturnType<TargetRun["stacks"]>;

/** Plans stacks in their order, as far as those before them are deployed. */
export async function planStacks(
  run: TargetRun,
  stacks: Stacks,
  { review }: PlanOptions,
  isNamed: boolean,
): Promise<Planned> {
  const texts: PlanText[] = [];
  const failures: CommandFailure[] = [];
  const outputs = new UpstreamOutputs(run);
  const unplanned: string[] = [];
  const unsaid: string[] = [];
  let planned = 0;
  for (const [index, stack] of stacks.entries()) {
    const id = stackId(run.target, stack);
    if (await run.waitsForPeers(stack)) {
      unplanned.push(id);
      continue;
    }
    await run.prepare(stack);
    const waits = await outputs.waitsFor(stack);
    if (waits.length > 0) {
      const why = `waits for ${waitsForText(waits)}`;
      // Asked for by name, and there is nothing to show.
      if (isNamed) throw new CommandFailure(`${id} ${why}; deploy that first, or plan with --preview`);
      say(`${id} ${why} (--preview plans it)`);
      unplanned.push(`${id} (${why})`);
      continue;
    }
    await run.reach(stack);
    if (review) {
      heading(`${positionOf(index, stacks.length)} plan ${id}`);
      const { text, failure } = await planAsJson(id, stackDir(OUT_DIR, run.target, stack));
      texts.push(text);
      if (failure !== undefined) failures.push(failure);
      unsaid.push(...unsaidOf(run.target, stack, text));
    } else {
      await run.on(stack, { verb: "plan", index, total: stacks.length }, ({ cwd }) => runPlan(id, cwd));
    }
    planned++;
    // What comes after reads this stack's outputs, and Terraform can't plan on a state that is not there.
    if (!(await run.hasState(stack)) && index + 1 < stacks.length) {
      const rest = stacks.slice(index + 1).map((each) => stackId(run.target, each));
      say(`${id} is not deployed yet, so these can't be planned: ${rest.join(", ")} (--preview does)`);
      unplanned.push(...rest);
      break;
    }
  }
  return { texts, planned, unplanned, unsaid, failures };
}

async function preview(run: TargetRun, stacks: Stacks, { review }: PlanOptions): Promise<Planned> {
  const texts: PlanText[] = [];
  const failures: CommandFailure[] = [];
  const previews = new PreviewRun(run);
  for (const [index, stack] of stacks.entries()) {
    const id = stackId(run.target, stack);
    heading(`${positionOf(index, stacks.length)} plan ${id}`);
    // Without a cluster there is no way to test; to plan what is not there yet needs none.
    if (await previews.isDeployed(stack)) await run.reach(stack);
    await previews.with(stack, async ({ cwd, placeholders }) => {
      if (placeholders.length > 0) say(`${id}: placeholders, since these are not deployed yet:`);
      placeholders.forEach(({ output, value }) => say(`  ${output} = ${value}`));
      if (!review) return await runPlan(id, cwd);
      const { text, failure } = await planAsJson(id, cwd, placeholders);
      texts.push(text);
      if (failure !== undefined) failures.push(failure);
    });
  }
  return { texts, planned: stacks.length, unplanned: [], unsaid: [], failures };
}

function refuseReviewOptionsAlone({ review, format, json, failOn, all }: PlanOptions): void {
  if (review || (format === undefined && json === undefined && failOn === undefined && all === undefined))
    return;
  throw new UsageError("--format, --json, --fail-on and --all are for a review; add --review");
}

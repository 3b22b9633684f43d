import { Command } from "commander";
import type { PlanText } from "../../plan-review/read/read-plan";
import { stackId } from "../../stacks/state-location";
import { positionOf, type RunOptions, skipReachOption, TargetRun } from "../deploy/target-run";
import { checkedFleet } from "../fleet-options";
import { UsageError } from "../report-error";
import { type ReviewOptions, reviewPlans, withReviewOptions } from "../review/review-output";
import { planAsJson } from "../review/review-target";
import { count, heading, print, say } from "../terminal";

export function planCommand(): Command {
  return withReviewOptions(
    new Command("plan")
      .description("show what a deployment of a target would change")
      .argument("<target>", "for example prod/us-east-1")
      .argument("[stack]", "only this stack, for example network")
      .addOption(skipReachOption)
      .option("--review", "review the plans in place of printing them (see octarine review)"),
  ).action(async (name: string, only: string | undefined, options: PlanOptions, command: Command) => {
    refuseReviewOptionsAlone(options);
    const texts: PlanText[] = [];
    const run = new TargetRun(checkedFleet(command, [name]), name, options);
    const stacks = run.stacks(only);
    const unplanned: string[] = [];
    let planned = 0;
    for (const [index, stack] of stacks.entries()) {
      const position = positionOf(index, stacks.length);
      if (run.waitsForPeers(stack)) {
        unplanned.push(stackId(run.target, stack));
        continue;
      }
      run.prepare(stack);
      await run.reach(stack);
      if (options.review) {
        heading(`${position} plan ${stackId(run.target, stack)}`);
        texts.push(await planAsJson(run, stack));
      } else await run.cdktf("diff", stack, position, [], false);
      planned++;
      // What comes after reads this stack's outputs, and Terraform can't plan on a state that is not there.
      if (!run.hasState(stack) && index + 1 < stacks.length) {
        const rest = stacks.slice(index + 1).map((each) => stackId(run.target, each));
        say(
          `${stackId(run.target, stack)} is not deployed yet, so these can't be planned: ${rest.join(", ")}`,
        );
        unplanned.push(...rest);
        break;
      }
    }
    const done = `${run.target.name}: planned ${planned} of ${count(stacks.length, "stack")}`;
    if (!options.review) return print(done);
    say(done);
    reviewPlans(texts, options, unplanned);
  });
}

interface PlanOptions extends RunOptions, ReviewOptions {
  readonly review?: boolean;
}

function refuseReviewOptionsAlone({ review, format, failOn, all }: PlanOptions): void {
  if (review || (format === undefined && failOn === undefined && all === undefined)) return;
  throw new UsageError("--format, --fail-on and --all are for a review; add --review");
}

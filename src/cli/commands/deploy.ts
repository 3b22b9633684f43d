import { counted } from "../../text/counted";
import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import type { Target } from "../../model/target";
import { flat } from "../../plan-review/model/phrase";
import { stackId } from "../../model/stacks/state-location";
import type { StackName } from "../../model/stacks/stack-names";
import { refuseUnsaid } from "../adopt/refuse-unsaid";
import { planAndApply } from "../deploy/apply";
import { tellLeftBehind } from "../deploy/states/tell";
import { type RunOptions, stacksNamed, TargetRun } from "../deploy/target-run";
import { UpstreamOutputs, waitsForText } from "../deploy/upstream-outputs";
import { envsDir } from "../fleet-options";
import { CommandFailure, UsageError } from "../report-error";
import { ask, canAsk, print, warn } from "../terminal";
import { warnedFleet } from "../warned-fleet";

export async function deploy(
  name: string,
  only: string | undefined,
  options: RunOptions & { yes?: boolean },
  command: Command,
): Promise<void> {
  const fleet = warnedFleet(command, [name]);
  const stacks = stacksNamed(selectTarget(fleet, name), only);
  if (!options.yes && !canAsk()) {
    throw new UsageError(
      "deploy asks before each stack, and nobody can answer here; add --yes, or run it on a terminal",
    );
  }
  const run = new TargetRun(fleet, name, options);
  const left = (await tellLeftBehind(fleet, run.target, envsDir(command))).map(flat);
  left.forEach(warn);
  let deployed = 0;
  for (const [index, stack] of stacks.entries()) {
    if (await run.waitsForPeers(stack)) continue;
    await run.prepare(stack);
    if (only !== undefined) await refuseToWait(run, stack);
    await run.reach(stack);
    const approve = options.yes ? () => Promise.resolve() : () => confirm(run.target, stack);
    await run.on(stack, { verb: "deploy", index, total: stacks.length }, (folder) =>
      planAndApply(folder, async () => {
        await refuseUnsaid(run.target, stack, folder);
        await approve();
      }),
    );
    deployed++;
  }
  run.close();
  // Once more: what was said first is far up by now.
  left.forEach(warn);
  print(`${run.target.name}: deployed ${counted(deployed, "stack")}`);
}

/** @throws CommandFailure for a stack that was named and reads what those before it do not publish yet */
async function refuseToWait(run: TargetRun, stack: StackName): Promise<void> {
  const waits = await new UpstreamOutputs(run).waitsFor(stack);
  if (waits.length === 0) return;
  throw new CommandFailure(
    `${stackId(run.target, stack)} waits for ${waitsForText(waits)}; deploy that first, or all stacks: npx octarine deploy ${run.target.name}`,
  );
}

/** @throws CommandFailure where the answer is not yes */
async function confirm(target: Target, stack: StackName): Promise<void> {
  const answer = await ask(`This changes ${stackId(target, stack)}. Type yes to go on: `);
  if (answer !== "yes") throw new CommandFailure("not approved; nothing was changed in this stack");
}

import { counted } from "../../text/counted";
import type { Command } from "commander";
import { selectTarget, UnknownTargetError } from "../../fleet/select-targets";
import type { Fleet, Target } from "../../model/target";
import type { Leftover } from "../../teardown/leftover";
import { DestroyRun } from "../deploy/destroy-run";
import { fleetAt } from "../deploy/fleet-at";
import { lastCommitWith } from "../deploy/states/last-commit";
import type { RunOptions } from "../deploy/target-run";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { accountOf, countsOf, goingOf, remove, sweepOf, tellUnknown } from "../deploy/sweep-run";
import { CommandFailure, describeError, UsageError } from "../report-error";
import { ask, canAsk, print, warn } from "../terminal";

interface DestroyOptions extends RunOptions {
  readonly yes?: boolean;
  readonly allowProd?: boolean;
  readonly withData?: boolean;
  readonly configAt?: string;
}

export async function destroy(
  name: string,
  only: string | undefined,
  options: DestroyOptions,
  command: Command,
): Promise<void> {
  const run = new DestroyRun(fleetFor(name, options, command), name, options);
  if (run.target.production && !options.allowProd) {
    throw new UsageError(
      `${run.target.name} is a production target; add --allow-prod if it should really go`,
    );
  }
  if (!options.yes && !canAsk()) {
    throw new UsageError(
      "destroy asks for the target's name, and nobody can answer here; add --yes, or run it on a terminal",
    );
  }
  const plan = await run.plan(only);
  plan.warnings.forEach(warn);
  const sweeps = plan.stacks.includes("network");
  if (sweeps) await tellSwept(run.target, options);
  const what = only === undefined ? "everything in" : `${plan.stacks.join(", ")} of`;
  if (!options.yes && plan.stacks.length > 0) await confirm(run.target.name, what);
  await run.destroy(plan, async (stack) => {
    // The cluster is gone by now, and with it whoever could make more; what is left would hold the VPC.
    if (stack === "network") await sweepAway(run.target, options);
  });
  run.close();
  const nothing = only === undefined ? "none of its stacks has" : `${only} has`;
  print(
    plan.stacks.length === 0
      ? `${run.target.name}: nothing to destroy; ${nothing} a state that holds anything`
      : `${run.target.name}: destroyed ${counted(plan.stacks.length, "stack")}`,
  );
}

function fleetFor(name: string, { configAt }: DestroyOptions, command: Command): Fleet {
  if (configAt !== undefined) return fleetAt(configAt, envsDir(command), loadOptions(command));
  const fleet = checkedFleet(command);
  try {
    selectTarget(fleet, name);
    return fleet;
  } catch (error) {
    const commit = error instanceof UnknownTargetError ? lastCommitWith(envsDir(command), name) : undefined;
    if (commit === undefined) throw error;
    throw new UnknownTargetError(
      `${name} is not a target any more; the last commit with its file is ${commit}: npx octarine destroy ${name} --config-at ${commit}`,
    );
  }
}

/** What goes besides the stacks, before anybody agrees to it. Where AWS can't be asked, the stacks go all the same. */
async function tellSwept(target: Target, options: DestroyOptions): Promise<void> {
  try {
    const swept = await sweepOf(target, accountOf(target));
    const going = goingOf(swept, options);
    const kept = swept.found.filter((each) => !going.includes(each));
    tellUnknown(swept);
    if (going.length > 0) warn(`made by its controllers, and deleted before the network: ${countsOf(going)}`);
    if (kept.length > 0)
      warn(`made by its controllers, and kept (--with-data deletes them): ${countsOf(kept)}`);
  } catch (error) {
    warn(describeError(error));
  }
}

async function sweepAway(target: Target, options: DestroyOptions): Promise<void> {
  const live = accountOf(target);
  let going: readonly Leftover[];
  try {
    going = goingOf(await sweepOf(target, live), options);
  } catch (error) {
    return warn(describeError(error));
  }
  if (going.length > 0) await remove(going, live);
}

async function confirm(target: string, what: string): Promise<void> {
  const typed = await ask(`This destroys ${what} ${target}. Type its name to go on: `);
  if (typed !== target)
    throw new CommandFailure(`${typed || "nothing"} is not ${target}; nothing was changed`);
}

import { counted } from "../../text/counted";
import type { Command } from "commander";
import { selectTarget, UnknownTargetError } from "../../fleet/select-targets";
import type { Fleet } from "../../model/target";
import { DestroyRun, type DestroyRunOptions } from "../deploy/destroy-run";
import { fleetAt } from "../deploy/fleet-at";
import { lastCommitWith } from "../deploy/states/last-commit";
import { type GoingOptions, GoingTarget } from "../deploy/going-target";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { CommandFailure, UsageError } from "../report-error";
import { ask, canAsk, print, warn } from "../terminal";

interface DestroyOptions extends DestroyRunOptions, GoingOptions {
  readonly yes?: boolean;
  readonly allowProd?: boolean;
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
  const going = new GoingTarget(run.target, plan, options, only === undefined);
  plan.warnings.forEach(warn);
  await going.tell();
  const what = only === undefined ? "everything in" : `${plan.stacks.join(", ")} of`;
  if (!options.yes && plan.stacks.length > 0) await confirm(run.target.name, what);
  try {
    await run.destroy(plan, (stack) => going.before(stack));
  } finally {
    await going.close();
  }
  await going.after();
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

async function confirm(target: string, what: string): Promise<void> {
  const typed = await ask(`This destroys ${what} ${target}. Type its name to go on: `);
  if (typed !== target)
    throw new CommandFailure(`${typed || "nothing"} is not ${target}; nothing was changed`);
}

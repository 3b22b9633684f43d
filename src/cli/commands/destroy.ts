import type { Command } from "commander";
import { selectTarget } from "../../config/select-targets";
import type { Target } from "../../config/target";
import { destroyStack } from "../deploy/apply";
import { type RunOptions, TargetRun } from "../deploy/target-run";
import { checkedFleet } from "../fleet-options";
import { CommandFailure, UsageError } from "../report-error";
import { ask, canAsk, count, print } from "../terminal";

interface DestroyOptions extends RunOptions {
  readonly yes?: boolean;
  readonly allowProd?: boolean;
}

export async function destroy(name: string, options: DestroyOptions, command: Command): Promise<void> {
  const fleet = checkedFleet(command);
  refuse(selectTarget(fleet, name), options);
  if (!options.yes && !canAsk()) {
    throw new UsageError(
      "destroy asks for the target's name, and nobody can answer here; add --yes, or run it on a terminal",
    );
  }
  const run = new TargetRun(fleet, name, options);
  if (!options.yes) await confirm(run.target);
  const stacks = run.stacks().reverse();
  let destroyed = 0;
  for (const [index, stack] of stacks.entries()) {
    await run.prepare(stack);
    // A stack that was never deployed, or is gone already: its upstream may be gone too, and could not be read.
    if (!(await run.hasState(stack))) continue;
    await run.reach(stack);
    await run.on(stack, { verb: "destroy", index, total: stacks.length }, destroyStack);
    destroyed++;
  }
  run.close();
  print(`${run.target.name}: destroyed ${count(destroyed, "stack")}`);
}

function refuse({ name, production, config }: Target, { allowProd }: DestroyOptions): void {
  if (!production) return;
  if (!allowProd)
    throw new UsageError(`${name} is a production target; add --allow-prod if it is really to go`);
  if (config.cluster.deletionProtection ?? true) {
    throw new UsageError(
      `${name} has deletion protection, and EKS would refuse after everything else was gone; set` +
        " cluster.deletionProtection: false (with deletionProtectionReason), deploy the cluster stack, then destroy",
    );
  }
}

async function confirm({ name }: Target): Promise<void> {
  const typed = await ask(`This destroys everything in ${name}. Type its name to go on: `);
  if (typed !== name) throw new CommandFailure(`${typed || "nothing"} is not ${name}; nothing was changed`);
}

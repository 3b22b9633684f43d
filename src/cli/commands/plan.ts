import { Command } from "commander";
import { stackId } from "../../stacks/state-location";
import { positionOf, type RunOptions, skipReachOption, TargetRun } from "../deploy/target-run";
import { checkedFleet } from "../fleet-options";
import { count, print, say } from "../terminal";

export function planCommand(): Command {
  return new Command("plan")
    .description("show what a deployment of a target would change")
    .argument("<target>", "for example prod/us-east-1")
    .argument("[stack]", "only this stack, for example network")
    .addOption(skipReachOption)
    .action(async (name: string, only: string | undefined, options: RunOptions, command: Command) => {
      const run = new TargetRun(checkedFleet(command), name, options);
      const stacks = run.stacks(only);
      let planned = 0;
      for (const [index, stack] of stacks.entries()) {
        const position = positionOf(index, stacks.length);
        if (run.waitsForPeers(stack)) continue;
        run.prepare(stack);
        await run.reach(stack);
        await run.cdktf("diff", stack, position, [], false);
        planned++;
        // What comes after reads this stack's outputs, and Terraform can't plan on a state that is not there.
        if (!run.hasState(stack) && index + 1 < stacks.length) {
          const rest = stacks.slice(index + 1).map((each) => stackId(run.target, each));
          say(
            `${stackId(run.target, stack)} is not deployed yet, so these can't be planned: ${rest.join(", ")}`,
          );
          break;
        }
      }
      print(`${run.target.name}: planned ${planned} of ${count(stacks.length, "stack")}`);
    });
}

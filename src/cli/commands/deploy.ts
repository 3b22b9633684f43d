import { Command } from "commander";
import { positionOf, type RunOptions, skipReachOption, TargetRun } from "../deploy/target-run";
import { checkedFleet } from "../fleet-options";
import { UsageError } from "../report-error";
import { canAsk, count, print } from "../terminal";

export function deployCommand(): Command {
  return new Command("deploy")
    .description("deploy a target's stacks in order")
    .argument("<target>", "for example dev/us-east-1")
    .argument("[stack]", "only this stack, for example network")
    .option("-y, --yes", "apply without asking; needed where nobody can answer")
    .addOption(skipReachOption)
    .action(
      async (
        name: string,
        only: string | undefined,
        options: RunOptions & { yes?: boolean },
        command: Command,
      ) => {
        if (!options.yes && !canAsk()) {
          throw new UsageError(
            "deploy asks before each stack, and nobody can answer here; add --yes, or run it on a terminal",
          );
        }
        const run = new TargetRun(checkedFleet(command, [name]), name, options);
        const stacks = run.stacks(only);
        let deployed = 0;
        for (const [index, stack] of stacks.entries()) {
          if (run.waitsForPeers(stack)) continue;
          run.prepare(stack);
          await run.reach(stack);
          const approval = options.yes ? ["--auto-approve"] : [];
          const args = ["--ignore-missing-stack-dependencies", ...approval];
          await run.cdktf("deploy", stack, positionOf(index, stacks.length), args, !options.yes);
          deployed++;
        }
        print(`${run.target.name}: deployed ${count(deployed, "stack")}`);
      },
    );
}

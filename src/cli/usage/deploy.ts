import { Command } from "commander";
import { lazily } from "./lazily";
import { withBundle } from "./with-bundle";
import { offlineOption, skipReachOption, withReviewOptions } from "./shared-options";

export function planCommand(): Command {
  return withReviewOptions(
    new Command("plan")
      .description("show what a deployment of a target would change")
      .argument("<target>", "for example prod/us-east-1")
      .argument("[stack]", "only this stack, for example network")
      .addOption(skipReachOption)
      .addOption(offlineOption())
      .option("--review", "review the plans instead of printing them (see the command review)")
      .option(
        "--preview",
        "plan every stack, with placeholders for outputs of stacks that are not deployed yet",
      ),
  ).action(withBundle(lazily(async () => (await import("../commands/plan")).planTarget)));
}

export function deployCommand(): Command {
  return new Command("deploy")
    .description("deploy a target's stacks in order")
    .argument("<target>", "for example dev/us-east-1")
    .argument("[stack]", "only this stack, for example network")
    .option("-y, --yes", "apply without asking; needed where nobody can answer")
    .addOption(skipReachOption)
    .addOption(offlineOption())
    .action(withBundle(lazily(async () => (await import("../commands/deploy")).deploy)));
}

export function destroyCommand(): Command {
  return new Command("destroy")
    .description(
      "destroy a target's stacks, the last one first, or one of them; also those that its config no longer has",
    )
    .argument("<target>", "for example dev/us-east-1")
    .argument("[stack]", "only this stack, for example backup")
    .option("-y, --yes", "don't ask for the target's name to be typed")
    .option("--allow-prod", "needed for a production target")
    .option("--with-data", "also the volumes and snapshots that its controllers made")
    .option("--with-keys", "also its KMS keys, which are scheduled for deletion; they stay without it")
    .option("--config-at <commit>", "take the files of a commit, for a target whose file is gone")
    .addOption(skipReachOption)
    .addOption(offlineOption())
    .action(withBundle(lazily(async () => (await import("../commands/destroy")).destroy)));
}

export function sweepCommand(): Command {
  return new Command("sweep")
    .description(
      "show what a target's controllers left in its account: load balancers, groups, interfaces, volumes; exit code 1 where there is some",
    )
    .argument("<target>", "for example dev/us-east-1")
    .option("--delete", "delete it, but what holds data; refused while the cluster is there")
    .option("--with-data", "with --delete: volumes and snapshots as well")
    .option("-y, --yes", "don't ask for the target's name to be typed")
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("../commands/sweep")).sweep));
}

export function driftCommand(): Command {
  return withReviewOptions(
    new Command("drift")
      .description(
        "review what is not as the config says, over all stacks of targets: changed elsewhere, not deployed, or left behind; exit code 1 if there is any",
      )
      .argument("[target...]", "targets or environments (default: all)")
      .addOption(skipReachOption)
      .addOption(offlineOption()),
  ).action(withBundle(lazily(async () => (await import("../commands/drift")).drift)));
}

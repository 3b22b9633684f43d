import { Command, InvalidArgumentError, Option } from "commander";
import { lazily } from "./lazily";
import { withConnection } from "./live";
import { skipReachOption } from "./shared-options";

export function upgradeCommand(): Command {
  return withConnection(
    new Command("upgrade")
      .description(
        "show the steps from a target's versions to a release, and the next hop that is allowed; with --apply carry them out",
      )
      .argument("<target>", "for example prod/us-east-1")
      .requiredOption("--to <release>", "for example 2026.11")
      .addOption(new Option("--json", "as JSON").conflicts(["apply", "write"]))
      .addOption(
        new Option("--write", "only write the next hop into the config; deploy nothing").conflicts("apply"),
      )
      .option("--apply", "write and deploy hop after hop, stack by stack, and ask the cluster in between")
      .option("-y, --yes", "with --apply: without asking before each stack; needed where nobody can answer"),
  )
    .option("--canary <target>", "with --apply: a target that goes first, and is as its config says")
    .option("--canary-profile <name>", "profile of the AWS CLI for the canary's account")
    .option("--canary-from <dir>", "answers of the canary, by its verify --evidence")
    .addOption(
      new Option("--without-canary <reason>", "why a production target has no canary").conflicts("canary"),
    )
    .option(
      "--without-verify <reason>",
      "with --apply: why the cluster is asked nothing, before or in between",
    )
    .option("--accept <id=reason...>", "with --apply: go on although this check is not met")
    .option(
      "--give-up-way-back",
      "with --apply: let nodes and add-ons follow at once, after which EKS does not take the control plane back",
    )
    .option("--wait <minutes>", "how long a check after a deployment may take until it is met", minutes, 30)
    .addOption(skipReachOption)
    .action(lazily(async () => (await import("../commands/upgrade")).upgrade));
}

export function replaceGroupCommand(): Command {
  return withConnection(
    new Command("replace-group")
      .description(
        "put a group of nodes beside another one, with a setting that EKS can't change in place; drain the old one and take it out",
      )
      .argument("<target>", "for example prod/us-east-1")
      .argument("<group>", "the group that goes, for example main")
      .argument("<as>", "name of the new one, for example main-b")
      .option("--with <yaml>", 'what it has another way, such as "{ ami: bottlerocket }"', "{}")
      .option("-y, --yes", "don't ask before the stack is changed and nodes are drained"),
  )
    .option("--accept <id=reason...>", "drain although this check is not met")
    .option("--wait <minutes>", "how long the new nodes may take until they are Ready", minutes, 30)
    .option("--drain <minutes>", "how long the pods of a node may take to leave it", minutes, 15)
    .addOption(skipReachOption)
    .action(lazily(async () => (await import("../commands/replace-group")).replaceGroup));
}

function minutes(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("write a number of minutes");
  return value;
}

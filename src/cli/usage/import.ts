import { Command, Option } from "commander";
import { account } from "./init";
import { lazily } from "./lazily";

export function importCommand(): Command {
  return new Command("import")
    .description("make a target of what another tool has, and say each point where it differs")
    .addCommand(eksctlCommand());
}

function eksctlCommand(): Command {
  return new Command("eksctl")
    .description("of a ClusterConfig of eksctl, which is only read")
    .argument("<file>", "its YAML file")
    .requiredOption("--environment <name>", "environment of the target; its region is the cluster's")
    .addOption(
      new Option("--account <id>", "AWS account, 12 digits").argParser(account).makeOptionMandatory(),
    )
    .option(
      "--ipv6-approved-by <who>",
      "who approved IPv6, where the cluster has it (default: it becomes IPv4)",
    )
    .option("--print", "print the target's file, and write nothing")
    .option("--json", "print what differs, and the files, as JSON")
    .action(lazily(async () => (await import("../commands/import")).importEksctl));
}

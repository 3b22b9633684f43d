import { Command } from "commander";
import { lazily } from "./lazily";

export function listCommand(): Command {
  return new Command("list")
    .description("list the targets")
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("--json", "as JSON, with workspaces and stacks")
    .option(
      "--left",
      "list what the states hold and no config makes any more; needs credentials; exit 1 if there are any; where targets are named, environments that are gone are not looked at",
    )
    .action(lazily(async () => (await import("../commands/list")).list));
}

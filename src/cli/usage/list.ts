import { Command } from "commander";
import { lazily } from "./lazily";

export function listCommand(): Command {
  return new Command("list")
    .description("list the targets")
    .option("--json", "as JSON, with workspaces and stacks")
    .option(
      "--left",
      "list what the states hold and no config makes any more; needs credentials; exit 1 if there are any",
    )
    .action(lazily(async () => (await import("../commands/list")).list));
}

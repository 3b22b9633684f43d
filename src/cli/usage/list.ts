import { Command } from "commander";
import { lazily } from "./lazily";

export function listCommand(): Command {
  return new Command("list")
    .description("list the targets")
    .option("--json", "as JSON, with workspaces and stacks")
    .action(lazily(async () => (await import("../commands/list")).list));
}

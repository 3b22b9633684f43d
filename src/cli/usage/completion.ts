import { Argument, Command } from "commander";
import { shells } from "../completion/scripts";
import { lazily } from "./lazily";

export function completionCommand(): Command {
  return new Command("completion")
    .description("print a script that completes commands, options, targets and stacks in a shell")
    .addArgument(new Argument("<shell>", "the shell that is to source it").choices(shells))
    .action(lazily(async () => (await import("../commands/completion")).completion));
}

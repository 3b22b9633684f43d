import { Command, Option } from "commander";
import { lazily } from "./lazily";

export function diffCommand(): Command {
  return new Command("diff")
    .description(
      "what changes in the Terraform of every target since a commit; needs no credentials and no state",
    )
    .option("--base <ref>", "commit to compare with, for example origin/main", "HEAD")
    .option("--head <ref>", "commit to compare; the working tree without it")
    .addOption(
      new Option("--format <format>", "form of the result").choices(["text", "json"]).default("text"),
    )
    .option("--exit-code", "exit with 1 if anything changes")
    .action(lazily(async () => (await import("../commands/diff")).diff));
}

import { Command } from "commander";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function diffCommand(): Command {
  const command = new Command("diff")
    .description(
      "what changes in the Terraform of every target since a commit; needs no credentials and no state",
    )
    .option("--base <ref>", "commit to compare with, for example origin/main", "HEAD")
    .option("--head <ref>", "commit to compare; the working tree if left out")
    .option("--exit-code", "exit with 1 if anything changes");
  return withForms(command, ["text", "markdown", "json"], "the result").action(
    lazily(async () => (await import("../commands/diff")).diff),
  );
}

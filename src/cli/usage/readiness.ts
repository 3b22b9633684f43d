import { Command } from "commander";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function readinessCommand(): Command {
  const command = new Command("readiness")
    .description("judge a target by both networking checklists: met, not met, not decidable, decision needed")
    .argument("<target>", "for example prod/us-east-1");
  return withForms(command, ["text", "markdown", "json"], "the report").action(
    lazily(async () => (await import("../commands/readiness")).readiness),
  );
}

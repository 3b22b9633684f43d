import { Command, Option } from "commander";
import { lazily } from "./lazily";

export function readinessCommand(): Command {
  return new Command("readiness")
    .description("judge a target by both networking checklists: met, not met, not decidable, decision needed")
    .argument("<target>", "for example prod/us-east-1")
    .addOption(
      new Option("--format <format>", "form of the report").choices(["markdown", "json"]).default("markdown"),
    )
    .action(lazily(async () => (await import("../commands/readiness")).readiness));
}

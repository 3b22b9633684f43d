import { checkFormats } from "./check-formats";
import { Command } from "commander";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function checkCommand(): Command {
  const command = new Command("check")
    .description("judge targets by the guardrails: their configuration, or plans of them")
    .argument(
      "[target...]",
      "targets (prod/us-east-1) or environments (prod), all if none is named; or plans (<stack>.json, <stack>/plan.json)",
    )
    .option("--plan <file...>", "judge these plans (terraform show -json) instead of the configuration", [])
    .option("--rules", "print every rule as Markdown (docs/guardrails.md) and judge nothing");
  return withForms(command, checkFormats, "the report").action(
    lazily(async () => (await import("../commands/check")).check),
  );
}

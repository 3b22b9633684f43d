import { Command, Option } from "commander";
import { lazily } from "./lazily";

export const checkFormats = ["text", "json", "sarif", "junit", "markdown"] as const;

export function checkCommand(): Command {
  return new Command("check")
    .description("judge targets by the guardrails: their configuration, or plans of them")
    .argument(
      "[target...]",
      "targets (prod/us-east-1) or environments (prod), all without any; or plans (<stack>.json, <stack>/plan.json)",
    )
    .option("--plan <file...>", "judge these plans (terraform show -json) instead of the configuration", [])
    .addOption(new Option("--format <format>", "form of the report").choices(checkFormats).default("text"))
    .option("--rules", "print every rule as Markdown (docs/guardrails.md) and judge nothing")
    .action(lazily(async () => (await import("../commands/check")).check));
}

import { checkFormats, type ReportFile } from "./check-formats";
import { Command, InvalidArgumentError } from "commander";
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
    .option(
      "--write <format=file...>",
      `write further forms of the report to files (${checkFormats.join(", ")})`,
      collectFile,
      [],
    )
    .option("--rules", "print every rule as Markdown (docs/guardrails.md) and judge nothing");
  return withForms(command, checkFormats, "the report").action(
    lazily(async () => (await import("../commands/check")).check),
  );
}

function collectFile(given: string, before: readonly ReportFile[]): readonly ReportFile[] {
  const [, name, file] = /^([a-z]+)=(.+)$/.exec(given) ?? [];
  const format = checkFormats.find((each) => each === name);
  if (format === undefined || file === undefined)
    throw new InvalidArgumentError(
      `write a format and a file, for example sarif=octarine.sarif; formats are ${checkFormats.join(", ")}`,
    );
  return [...before, { format, file }];
}

import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { readinessMarkdown } from "../../readiness/readiness-markdown";
import { readinessText } from "../../readiness/readiness-text";
import { targetVerdict } from "../../synth/target-report";
import { type FormOptions, formOf } from "../forms";
import { tellProgress } from "../progress";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { print, printJson } from "../terminal";

type ReadinessOptions = FormOptions<"text" | "markdown" | "json">;

export function readiness(name: string, options: ReadinessOptions, command: Command): void {
  const target = selectTarget(checkedFleet(command), name);
  const asOf = judgementDay(loadOptions(command), envsDir(command));
  tellProgress(`judging ${target.name}`);
  const report = targetVerdict(target, asOf).readiness;
  const format = formOf(options);
  if (format === "json") printJson("readiness", report);
  else print(format === "markdown" ? readinessMarkdown(report) : readinessText(report));
  // What is not known before apply is no reason to stop before it.
  process.exitCode = report.counts["not met"] + report.counts["decision needed"] > 0 ? 1 : 0;
}

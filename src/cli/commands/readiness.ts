import type { Command } from "commander";
import { selectTarget } from "../../config/select-targets";
import { readinessMarkdown } from "../../readiness/readiness-markdown";
import { targetVerdict } from "../../synth/target-report";
import { checkedFleet, envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { print, printJson } from "../terminal";

interface ReadinessOptions {
  readonly format: "markdown" | "json";
}

export function readiness(name: string, options: ReadinessOptions, command: Command): void {
  const target = selectTarget(checkedFleet(command), name);
  const asOf = judgementDay(loadOptions(command), envsDir(command));
  const report = targetVerdict(target, asOf).readiness;
  if (options.format === "json") printJson(report);
  else print(readinessMarkdown(report));
  // What is not known before apply is no reason to stop before it.
  process.exitCode = report.counts["not met"] + report.counts["decision needed"] > 0 ? 1 : 0;
}

import { Command, Option } from "commander";
import { selectTarget } from "../../config/select-targets";
import { readinessMarkdown } from "../../readiness/readiness-markdown";
import { targetVerdict } from "../../synth/target-report";
import { checkedFleet, envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { print, printJson } from "../terminal";

interface ReadinessOptions {
  readonly format: "markdown" | "json";
}

export function readinessCommand(): Command {
  return new Command("readiness")
    .description("judge a target by both networking checklists: met, not met, not decidable, decision needed")
    .argument("<target>", "for example prod/us-east-1")
    .addOption(
      new Option("--format <format>", "form of the report").choices(["markdown", "json"]).default("markdown"),
    )
    .action((name: string, options: ReadinessOptions, command: Command) => {
      const target = selectTarget(checkedFleet(command, [name]), name);
      const asOf = judgementDay(loadOptions(command), envsDir(command));
      const report = targetVerdict(target, asOf).readiness;
      if (options.format === "json") printJson(report);
      else print(readinessMarkdown(report));
      // What is not known before apply is no reason to stop before it.
      process.exitCode = report.counts["not met"] + report.counts["decision needed"] > 0 ? 1 : 0;
    });
}

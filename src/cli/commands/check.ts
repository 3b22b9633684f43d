import type { Command } from "commander";
import { selectTargets } from "../../fleet/select-targets";
import type { Target } from "../../model/target";
import { codeQualityReport } from "../../guardrails/report/codequality";
import { jsonReport } from "../../guardrails/report/json";
import { junitReport } from "../../guardrails/report/junit";
import type { TargetReport } from "../../guardrails/report/located";
import { markdownReport } from "../../guardrails/report/markdown";
import { rulesDocument } from "../../guardrails/report/rules-doc";
import { sarifReport } from "../../guardrails/report/sarif";
import { textReport } from "../../guardrails/report/text";
import { rulesInForce } from "../../guardrails/rules/own-rules";
import { isFailure } from "../../guardrails/waivers";
import { judgeAll, planInventory, targetInventory } from "../../synth/guard-targets";
import { locatedReport } from "../../synth/target-report";
import { readPlanFiles } from "../check/plan-files";
import { type FormOptions, formOf } from "../forms";
import { progressOver } from "../progress";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { UsageError } from "../report-error";
import { jsonText, print } from "../terminal";
import type { checkFormats, ReportFile } from "../usage/check-formats";
import { writeWhole } from "../write-whole";

type Format = (typeof checkFormats)[number];

interface CheckOptions extends FormOptions<Format> {
  readonly plan: readonly string[];
  readonly rules?: boolean;
  readonly write: readonly ReportFile[];
}

export function check(
  given: string[],
  { plan: files, rules, write, ...form }: CheckOptions,
  command: Command,
): void {
  if (rules) {
    if (given.length > 0 || files.length > 0)
      throw new UsageError("--rules prints every rule and judges nothing; leave the targets and plans out");
    return print(rulesDocument(rulesInForce()).trimEnd());
  }
  const names = given.filter((each) => !isPlan(each));
  const plan = [...files, ...given.filter(isPlan)];
  const { targets } = selectTargets(checkedFleet(command), names);
  const day = judgementDay(loadOptions(command), envsDir(command));
  const reports = plan.length === 0 ? reportsOf(targets, day) : planReports(plan, targets, day);
  for (const { format, file } of write) writeWhole(file, `${render(format, reports).trimEnd()}\n`);
  print(render(formOf(form), reports));
  process.exitCode = reports.some(({ findings }) => findings.some(isFailure)) ? 1 : 0;
}

/** No target's name ends like this. */
function isPlan(argument: string): boolean {
  return argument.endsWith(".json");
}

function reportsOf(targets: readonly Target[], day: () => string): TargetReport[] {
  const tell = progressOver("checking", targets.length);
  const inventory = (target: Target) => {
    tell(target.name);
    return targetInventory(target);
  };
  const judgements = judgeAll(
    targets.map((target) => ({ target, inventory: () => inventory(target) })),
    day,
  );
  return targets.flatMap((target, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [locatedReport(target, day, judgement)];
  });
}

function planReports(
  files: readonly string[],
  targets: readonly Target[],
  day: () => string,
): TargetReport[] {
  const planned = [...readPlanFiles(files, targets)];
  const judgements = judgeAll(
    planned.map(([target, plans]) => ({
      target,
      inventory: () => planInventory(target, plans),
      grants: () => targetInventory(target),
    })),
    day,
  );
  return planned.flatMap(([target], index) => {
    const judgement = judgements[index];
    if (judgement === undefined) return [];
    const report = locatedReport(target, day, judgement);
    // Some plans only: what no plan here needs may be needed by another.
    return [{ ...report, idle: report.idle.filter(({ problem }) => problem !== "unused") }];
  });
}

function render(format: Format, reports: readonly TargetReport[]): string {
  switch (format) {
    case "text":
      return textReport(reports);
    case "markdown":
      return markdownReport(reports);
    case "junit":
      return junitReport(reports, rulesInForce());
    case "codequality":
      return JSON.stringify(codeQualityReport(reports), null, 2);
    case "sarif":
      return JSON.stringify(sarifReport(reports, rulesInForce()), null, 2);
    case "json":
      return jsonText("check", jsonReport(reports));
  }
}

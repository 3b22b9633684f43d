import type { Command } from "commander";
import pc from "picocolors";
import { capacityReportOf } from "../../model/capacity-report-of";
import { capacityCheckOf, capacityRules } from "../../checks/capacity/capacity";
import { readFleet } from "../../fleet/load-fleet";
import { ConfigError } from "../../config/read/problem";
import { selectTargets } from "../../fleet/select-targets";
import type { Fleet, Target } from "../../model/target";
import { judge } from "../../fleet/waivers";
import { capacityText, type TextPaint } from "../../ip-capacity/capacity-text";
import { envsDir, loadOptions } from "../fleet-options";
import { isColoured, print, printJson, warn } from "../terminal";

export function capacity(names: string[], options: { json?: boolean }, command: Command): void {
  const fleet = readableFleet(command);
  const { targets } = selectTargets(fleet, names);
  const reports = targets.map((target) => capacityReportOf(target, fleet));
  if (options.json) printJson("capacity", reports);
  else print(reports.map((report) => capacityText(report, paint)).join("\n\n\n"));
  const { errors, warnings } = judgedErrors(targets, loadOptions(command).asOf);
  warnings.forEach(warn);
  if (errors.length > 0) process.exitCode = 1;
}

/** What stops a run, and as warnings what would if no waiver held for it. */
function judgedErrors(targets: readonly Target[], asOf: string | undefined) {
  const found = targets.flatMap((target) =>
    capacityCheckOf(target)
      .filter(({ severity }) => severity !== "warning")
      .map((finding) => ({ target, finding })),
  );
  return judge(found, [], asOf);
}

/** All targets, those that do not fit included: what is wrong with them is what the report says. */
function readableFleet(command: Command): Fleet {
  const { fleet, problems } = readFleet(envsDir(command), loadOptions(command));
  const reported = new Set<string>(Object.values(capacityRules));
  const others = problems.filter(({ rule }) => rule === undefined || !reported.has(rule));
  if (others.length > 0) throw new ConfigError(others);
  return fleet;
}

const colors = pc.createColors(isColoured(process.stdout));

const paint: TextPaint = {
  good: colors.green,
  bad: colors.red,
  warn: colors.yellow,
  strong: colors.bold,
  faint: colors.dim,
};

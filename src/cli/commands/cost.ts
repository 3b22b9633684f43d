import type { Command } from "commander";
import { costOf, endpointSetSizes } from "../../config/cost-of";
import { selectTargets } from "../../config/select-targets";
import type { Target } from "../../config/target";
import { type ComparedEstimate, costChange } from "../../cost/cost-diff";
import { costChangeMarkdown, costChangeText } from "../../cost/cost-diff-text";
import { costEstimate } from "../../cost/cost-estimate";
import { costText, dollars } from "../../cost/cost-text";
import { add, constant } from "../../cost/cost-range";
import { costScenarios } from "../../cost/scenarios";
import { checkedFleet, envsDir, loadOptions } from "../fleet-options";
import { UsageError } from "../report-error";
import { print, printJson } from "../terminal";

interface CostOptions {
  readonly json?: boolean;
  readonly base?: string;
  readonly head?: string;
  readonly format?: "text" | "json" | "markdown";
}

export async function cost(names: string[], options: CostOptions, command: Command): Promise<void> {
  if (options.base === undefined) printEstimates(names, options, command);
  else await printChange(names, options.base, options, command);
}

function printEstimates(names: string[], options: CostOptions, command: Command): void {
  if (options.head !== undefined || options.format !== undefined)
    throw new UsageError("--head and --format are for a comparison; add --base");
  const { asOf } = loadOptions(command);
  const estimates = selectTargets(checkedFleet(command), names).targets.map((target) =>
    costReport(target, asOf),
  );
  if (options.json) return printJson(estimates);
  print(estimates.map(({ scenarios, ...estimate }) => costText(estimate, scenarios)).join("\n\n\n"));
  if (estimates.length < 2) return;
  const total = estimates.reduce((sum, estimate) => add(sum, estimate.total), constant(0));
  const open = estimates.filter(({ complete }) => !complete).length;
  print(
    `\n\n${estimates.length} targets: ${dollars(total.expected)} USD a month now,` +
      ` ${dollars(total.min)} to ${dollars(total.max)}` +
      (open > 0 ? `; prices are missing for ${open} of them` : ""),
  );
}

async function printChange(
  names: string[],
  base: string,
  options: CostOptions,
  command: Command,
): Promise<void> {
  const { costsAt } = await import("../review/cost-at-commit");
  const { json, format = json ? "json" : "text", head } = options;
  const { asOf } = loadOptions(command);
  const day = asOf === undefined ? [] : ["--as-of", asOf];
  const [before = [], after = []] = [base, head].map((ref) => costsAt(ref, envsDir(command), day));
  refuseUnknown(names, [...before, ...after]);
  const [old, now] = [before, after].map((all) => all.filter(({ target }) => isNamed(target, names)));
  const change = costChange(old ?? [], now ?? []);
  if (format === "json") printJson(change);
  else print(format === "markdown" ? costChangeMarkdown(change) : costChangeText(change));
}

/** A target may be in only one of the two commits, so that a fleet can't say which are there. */
function refuseUnknown(names: readonly string[], estimates: readonly ComparedEstimate[]): void {
  const unknown = names.find((name) => !estimates.some(({ target }) => isNamed(target, [name])));
  if (unknown === undefined) return;
  const known = [...new Set(estimates.map(({ target }) => target))].join(", ");
  throw new UsageError(`${unknown} is not a target of either commit; known: ${known}`);
}

/** By target, workspace or environment, as selectTargets has them. */
function isNamed(target: string, names: readonly string[]): boolean {
  return (
    names.length === 0 ||
    names.some(
      (name) => target === name || target.replace("/", "-") === name || target.startsWith(`${name}/`),
    )
  );
}

/** An estimate with its scenarios: what `--json` prints for a target. */
export function costReport(target: Target, asOf: string | undefined) {
  const input = costOf(target, asOf);
  return { ...costEstimate(input), scenarios: costScenarios(input, endpointSetSizes) };
}

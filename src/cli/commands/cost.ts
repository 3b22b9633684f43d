import type { Command } from "commander";
import { unknownName } from "../../text/nearest";
import { costOf, endpointSetSizes } from "../../model/cost-of";
import { selectTargets } from "../../fleet/select-targets";
import type { Target } from "../../model/target";
import { type ComparedEstimate, costChange } from "../../cost/cost-diff";
import { costChangeMarkdown, costChangeText } from "../../cost/cost-diff-text";
import { costEstimate } from "../../cost/cost-estimate";
import { costMarkdown, costSumLines, costSummary } from "../../cost/cost-summary";
import { costText } from "../../cost/cost-text";
import { costScenarios } from "../../cost/scenarios";
import { type FormOptions, formOf } from "../forms";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { UsageError } from "../report-error";
import { print, printJson, say } from "../terminal";

interface CostOptions extends FormOptions<"text" | "json" | "markdown"> {
  readonly verbose?: boolean;
  readonly base?: string;
  readonly head?: string;
}

export async function cost(names: string[], options: CostOptions, command: Command): Promise<void> {
  if (options.base === undefined) printEstimates(names, options, command);
  else await printChange(names, options.base, options, command);
}

function printEstimates(names: string[], options: CostOptions, command: Command): void {
  if (options.head !== undefined) throw new UsageError("--head is for a comparison; add --base");
  const { asOf } = loadOptions(command);
  const estimates = selectTargets(checkedFleet(command), names).targets.map((target) =>
    costReport(target, asOf),
  );
  const form = formOf(options);
  if (form === "json") return printJson("cost", estimates);
  if (form === "markdown") return print(costMarkdown(estimates));
  if (!options.verbose) {
    print(costSummary(estimates));
    return say(
      "npx octarine cost --verbose shows every line, price and assumption, and other ways side by side",
    );
  }
  print(estimates.map(({ scenarios, ...estimate }) => costText(estimate, scenarios)).join("\n\n\n"));
  if (estimates.length > 1) print(`\n\n${costSumLines(estimates).join("\n")}`);
}

async function printChange(
  names: string[],
  base: string,
  options: CostOptions,
  command: Command,
): Promise<void> {
  const { costsAt } = await import("../review/cost-at-commit");
  const format = formOf(options);
  if (options.verbose) throw new UsageError("--verbose is for estimates; leave out either it or --base");
  const { asOf } = loadOptions(command);
  const day = asOf === undefined ? [] : ["--as-of", asOf];
  const [before = [], after = []] = [base, options.head].map((ref) => costsAt(ref, envsDir(command), day));
  refuseUnknown(names, [...before, ...after]);
  const [old, now] = [before, after].map((all) => all.filter(({ target }) => isNamed(target, names)));
  const change = costChange(old ?? [], now ?? []);
  if (format === "json") printJson("cost_diff", change);
  else print(format === "markdown" ? costChangeMarkdown(change) : costChangeText(change));
}

/** A target may be in only one of the two commits, so that a fleet can't say which are there. */
function refuseUnknown(names: readonly string[], estimates: readonly ComparedEstimate[]): void {
  const unknown = names.find((name) => !estimates.some(({ target }) => isNamed(target, [name])));
  if (unknown === undefined) return;
  const known = [...new Set(estimates.map(({ target }) => target))];
  throw new UsageError(unknownName(unknown, "a target of either commit", known));
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

import { Command } from "commander";
import { costOf, endpointSetSizes } from "../../config/cost-of";
import { selectTargets } from "../../config/select-targets";
import type { Target } from "../../config/target";
import { costEstimate } from "../../cost/cost-estimate";
import { costText, dollars } from "../../cost/cost-text";
import { add, constant } from "../../cost/cost-range";
import { costScenarios } from "../../cost/scenarios";
import { checkedFleet, loadOptions } from "../fleet-options";
import { print, printJson } from "../terminal";

export function costCommand(): Command {
  return new Command("cost")
    .description("what targets cost in a month, with every price and assumption, and other ways side by side")
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all without any")
    .option("--json", "the estimates as JSON (docs/cost.md)")
    .action((names: string[], options: { json?: boolean }, command: Command) => {
      const { asOf } = loadOptions(command);
      const estimates = selectTargets(checkedFleet(command, names), names).targets.map((target) =>
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
    });
}

/** An estimate with its scenarios: what `--json` prints for a target. */
export function costReport(target: Target, asOf: string | undefined) {
  const input = costOf(target, asOf);
  return { ...costEstimate(input), scenarios: costScenarios(input, endpointSetSizes) };
}

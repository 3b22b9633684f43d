import fs from "node:fs";
import { Command } from "commander";
import { selectTargets } from "../../config/select-targets";
import { reportPage } from "../../report/report";
import { checkedFleet, envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { count, print, say } from "../terminal";

export function reportCommand(): Command {
  return new Command("report")
    .description(
      "one HTML page: summary, pictures, capacity, cost, guardrails, readiness and versions of targets",
    )
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all without any")
    .option("-o, --out <file>", "write to a file")
    .action((names: string[], { out }: { out?: string }, command: Command) => {
      const fleet = checkedFleet(command, names);
      const { targets } = selectTargets(fleet, names);
      const page = reportPage(targets, {
        fleet,
        ...loadOptions(command),
        judgedOn: judgementDay(loadOptions(command), envsDir(command)),
      });
      if (out === undefined) return print(page.trimEnd());
      fs.writeFileSync(out, page);
      say(`wrote ${out}: ${count(targets.length, "target")}, ${Math.ceil(page.length / 1024)} KiB`);
    });
}

import { counted } from "../../text/counted";
import type { Command } from "commander";
import { selectTargets } from "../../fleet/select-targets";
import { reportPage } from "../../report/report";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { tellProgress } from "../progress";
import { print, say } from "../terminal";
import { shownFile, writeWhole } from "../write-whole";

export function report(names: string[], { out }: { out?: string }, command: Command): void {
  const fleet = checkedFleet(command);
  const { targets } = selectTargets(fleet, names);
  tellProgress(`reporting on ${counted(targets.length, "target")}`);
  const page = reportPage(targets, {
    fleet,
    ...loadOptions(command),
    judgedOn: judgementDay(loadOptions(command), envsDir(command)),
  });
  if (out === undefined) return print(page.trimEnd());
  writeWhole(out, page);
  say(`wrote ${shownFile(out)}: ${counted(targets.length, "target")}, ${Math.ceil(page.length / 1024)} KiB`);
}

import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import type { Command } from "commander";
import { selectTargets } from "../../fleet/select-targets";
import { synthesize } from "../../synth/synthesize";
import { envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { progressOver } from "../progress";
import { print, printJson, warn } from "../terminal";
import { warnedFleet } from "../warned-fleet";

export function synth(names: string[], options: { out: string; json?: boolean }, command: Command): void {
  const fleet = selectTargets(warnedFleet(command, names), names);
  const tell = progressOver("synthesizing", fleet.targets.length);
  const { stacks, kept } = synthesize(fleet, options.out, {
    asOf: judgementDay(loadOptions(command), envsDir(command)),
    whole: names.length === 0,
    onTarget: ({ name }) => tell(name),
  });
  kept.forEach(warn);
  if (options.json) return printJson(stacks);
  const rows = fleet.targets.map(({ name, workspace }) => [
    name,
    stacks
      .filter(({ target }) => target === name)
      .map(({ id }) => id.slice(workspace.length + 1))
      .join(" -> "),
  ]);
  print(table(rows));
  print(`${counted(fleet.targets.length, "target")}, ${counted(stacks.length, "stack")} in ${options.out}`);
}

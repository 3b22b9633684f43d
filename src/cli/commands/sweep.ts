import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { shownAs } from "../../teardown/sweep";
import { counted } from "../../text/counted";
import { table } from "../../text/columns";
import { checkedFleet } from "../checked-fleet";
import {
  accountOf,
  goingOf,
  refuseRunning,
  remove,
  sweepOf,
  type SweepOptions,
  tellUnknown,
} from "../deploy/sweep-run";
import { CommandFailure, UsageError } from "../report-error";
import { ask, canAsk, print, printJson } from "../terminal";

interface Options extends SweepOptions {
  readonly delete?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function sweep(name: string, options: Options, command: Command): Promise<void> {
  refuseIdle(options);
  const target = selectTarget(checkedFleet(command), name);
  if (options.delete === true && options.yes !== true && !canAsk())
    throw new UsageError(
      "sweep --delete asks for the target's name, and nobody can answer here; add --yes, or run it on a terminal",
    );
  const live = accountOf(target);
  if (options.delete === true) await refuseRunning(target, live);
  const swept = await sweepOf(target, live, options.delete === true);
  tellUnknown(swept);
  if (options.json === true) printJson("sweep", swept);
  else if (swept.found.length === 0) print(`${target.name}: its controllers left nothing`);
  else print(table(swept.found.map((each) => [each.kind, shownAs(each), each.isData ? "holds data" : ""])));
  const going = goingOf(swept, options);
  if (options.delete !== true || going.length === 0) {
    if (swept.found.length > 0 || swept.unknown.length > 0) process.exitCode = 1;
    return;
  }
  if (options.yes !== true) {
    const typed = await ask(
      `This deletes ${counted(going.length, "thing")} of ${target.name}. Type its name to go on: `,
    );
    if (typed !== target.name)
      throw new CommandFailure(`${typed || "nothing"} is not ${target.name}; nothing was changed`);
  }
  await remove(going, live);
  if (going.length < swept.found.length || swept.unknown.length > 0) process.exitCode = 1;
}

/** @throws UsageError */
function refuseIdle({ delete: deletes, withData, yes }: Options): void {
  if (deletes === true) return;
  for (const [option, isGiven] of Object.entries({ "--with-data": withData, "--yes": yes }))
    if (isGiven === true)
      throw new UsageError(`${option} has no effect without --delete; add it, or remove ${option}`);
}

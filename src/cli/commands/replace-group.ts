import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { type ConnectionOptions, connect } from "../access/connection";
import type { RunOptions } from "../deploy/target-run";
import { ReplaceRun } from "../nodes/replace-run";
import { UsageError } from "../report-error";
import { canAsk, print } from "../terminal";
import { acceptedIn } from "../upgrade/accepted";
import { warnedFleet } from "../warned-fleet";

interface Options extends ConnectionOptions, RunOptions {
  readonly with: string;
  readonly yes?: boolean;
  readonly accept?: readonly string[];
  readonly wait: number;
  readonly drain: number;
}

export async function replaceGroup(
  name: string,
  group: string,
  as: string,
  options: Options,
  command: Command,
): Promise<void> {
  const target = selectTarget(warnedFleet(command, [name]), name);
  const { yes = false } = options;
  if (!yes && !canAsk())
    throw new UsageError(
      "replace-group asks before it changes or drains anything, and nobody can answer here; add --yes, or run it on a terminal",
    );
  const stage = await new ReplaceRun(command, target.name, {
    ...options,
    group,
    as,
    changes: options.with,
    yes,
    ask: () => connect(target, options),
    accepted: acceptedIn(options.accept ?? []),
    waitMinutes: options.wait,
    drainMinutes: options.drain,
  }).run();
  print(
    stage === "one left"
      ? `${target.name}: ${group} is not in the config, and ${as} is; what was left to deploy of that is deployed`
      : `${target.name}: nodes of ${group} are replaced by those of ${as}`,
  );
}

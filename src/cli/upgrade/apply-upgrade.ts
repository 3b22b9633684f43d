import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { recorded } from "../../live/recorded";
import type { Target } from "../../model/target";
import type { ReleaseName } from "../../releases/names";
import { type ConnectionOptions, connect } from "../access/connection";
import { UsageError } from "../report-error";
import { canAsk, print, warn } from "../terminal";
import { warnedFleet } from "../warned-fleet";
import { acceptedIn } from "./accepted";
import { canaryOf } from "./gates";
import { UpgradeRun } from "./upgrade-run";
import type { Ask } from "./verify-step";

/** How an upgrade is carried out. */
export interface ApplyOptions extends ConnectionOptions {
  readonly yes?: boolean;
  readonly canary?: string;
  readonly canaryProfile?: string;
  readonly canaryFrom?: string;
  readonly withoutCanary?: string;
  readonly withoutVerify?: string;
  readonly accept?: readonly string[];
  readonly giveUpWayBack?: boolean;
  readonly wait: number;
  readonly skipReachCheck?: boolean;
}

/** @throws UsageError, Paused, CommandFailure, Interrupted */
export async function applyUpgrade(
  name: string,
  to: ReleaseName,
  options: ApplyOptions,
  command: Command,
): Promise<void> {
  const fleet = warnedFleet(command, [name]);
  const target = selectTarget(fleet, name);
  const {
    yes = false,
    withoutCanary,
    withoutVerify,
    giveUpWayBack = false,
    skipReachCheck = false,
  } = options;
  if (!yes && !canAsk())
    throw new UsageError(
      "upgrade --apply asks before each stack, and nobody can answer here; add --yes, or run it on a terminal",
    );
  const canary = canaryOf(fleet, target, options);
  if (canary === undefined && withoutCanary !== undefined) warn(`without a canary: ${withoutCanary}`);
  if (withoutVerify !== undefined) warn(`the cluster is asked nothing: ${withoutVerify}`);
  const run = new UpgradeRun(command, target.name, to, {
    yes,
    skipReachCheck,
    giveUpWayBack,
    canary,
    waitMinutes: options.wait,
    accepted: acceptedIn(options.accept ?? []),
    asks:
      withoutVerify === undefined
        ? { target: () => connect(target, options), canary: asking(fleet, canary, options) }
        : undefined,
  });
  const done = await run.run();
  print(`${target.name}: at release ${to}${done === 0 ? " already, by its config" : ""}`);
}

/** Whoever answers for the canary: its account may be another one than the target's. */
function asking(
  fleet: Parameters<typeof selectTarget>[0],
  canary: string | undefined,
  { canaryFrom, canaryProfile }: ApplyOptions,
): Ask {
  if (canaryFrom !== undefined)
    return () => Promise.resolve({ live: recorded(canaryFrom), close: () => undefined });
  const target = (): Target => selectTarget(fleet, canary ?? "");
  return () => connect(target(), canaryProfile === undefined ? {} : { profile: canaryProfile });
}

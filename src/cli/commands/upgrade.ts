import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { recorded } from "../../live/recorded";
import type { Target } from "../../model/target";
import { hopsOf } from "../../upgrade/hops";
import { type ConnectionOptions, connect } from "../access/connection";
import { checkedFleet } from "../checked-fleet";
import { releaseName } from "../release-name";
import { UsageError } from "../report-error";
import { canAsk, print, printJson, say, warn } from "../terminal";
import { acceptedIn } from "../upgrade/accepted";
import { canaryOf } from "../upgrade/gates";
import { UpgradeRun } from "../upgrade/upgrade-run";
import type { Ask } from "../upgrade/verify-step";
import { writeHop } from "../upgrade/write-hop";
import { listed } from "../../text/listed";
import { upgradeText } from "../upgrade-text";
import { warnedFleet } from "../warned-fleet";

interface UpgradeOptions extends ConnectionOptions {
  readonly to: string;
  readonly json?: boolean;
  readonly write?: boolean;
  readonly apply?: boolean;
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

export async function upgrade(name: string, options: UpgradeOptions, command: Command): Promise<void> {
  const to = releaseName(options.to);
  if (options.apply === true) return await apply(name, to, options, command);
  refuseIdle(command);
  const target = selectTarget(checkedFleet(command), name);
  const hops = hopsOf(target, to);
  if (options.json) return printJson("upgrade", { target: target.name, from: target.release.name, to, hops });
  const [next] = hops;
  if (options.write !== true || next === undefined) return print(upgradeText(target, to, hops));
  writeHop(command, target, next, to);
  say(
    `that is hop 1 of ${hops.length}; deploy it and look at the cluster before the next one: npx octarine deploy ${target.name}, npx octarine verify ${target.name}`,
  );
}

/** @throws UsageError for an option that says how something is carried out, where nothing is */
function refuseIdle(command: Command): void {
  const idle = command.options.filter(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === "cli" &&
      !["to", "json", "write"].includes(option.attributeName()),
  );
  if (idle.length === 0) return;
  throw new UsageError(
    `${listed(idle.map(({ long, short }) => long ?? short ?? ""))} ${idle.length === 1 ? "has" : "have"} no effect without --apply; add it, or remove ${idle.length === 1 ? "the option" : "them"}`,
  );
}

async function apply(
  name: string,
  to: ReturnType<typeof releaseName>,
  options: UpgradeOptions,
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
  print(`${target.name}: at release ${to}${done === 0 ? " already" : ""}`);
}

/** Whoever answers for the canary: its account may be another one than the target's. */
function asking(
  fleet: Parameters<typeof selectTarget>[0],
  canary: string | undefined,
  { canaryFrom, canaryProfile }: UpgradeOptions,
): Ask {
  if (canaryFrom !== undefined)
    return () => Promise.resolve({ live: recorded(canaryFrom), close: () => undefined });
  const target = (): Target => selectTarget(fleet, canary ?? "");
  return () => connect(target(), canaryProfile === undefined ? {} : { profile: canaryProfile });
}

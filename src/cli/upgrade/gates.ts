import type { Fleet, Target } from "../../model/target";
import { selectTarget } from "../../fleet/select-targets";
import { type MinorName, type ReleaseName, releaseNames } from "../../releases/names";
import type { UpgradeHop } from "../../releases/upgrade/plan";
import { checksOf } from "../../upgrade/concerns";
import { skippedMinors } from "../../upgrade/hop-steps";
import { isAtLeast, standOf, standText } from "../../upgrade/hops";
import { stoppedAt } from "../../upgrade/journal";
import { preflightChecks } from "../../upgrade/preflight/checks";
import { wayBackCommands, wayBackOf } from "../../upgrade/way-back";
import { CommandFailure, UsageError } from "../report-error";
import { say, warn } from "../terminal";
import { interruptible } from "./interruptible";
import { readJournal } from "./journal-file";
import { Paused } from "./paused";
import { type Ask, linesOf, outcomesOf, verifyUntilMet, type VerifyOptions } from "./verify-step";

export interface GateOptions extends Omit<VerifyOptions, "ask"> {
  readonly asks: { readonly target: Ask; readonly canary: Ask } | undefined;
  readonly canary: string | undefined;
  readonly giveUpWayBack: boolean;
}

/**
 * What has to be so before a hop's first change.
 *
 * @throws Paused where somebody has to wait, or to decide
 * @throws CommandFailure where something would break
 */
export async function passGates(
  fleet: Fleet,
  target: Target,
  { hop, to }: { readonly hop: UpgradeHop; readonly to: ReleaseName },
  options: GateOptions,
): Promise<void> {
  refuseBackwards(target, hop);
  refuseSkipped(target, hop);
  if (hop.nodesFollow && !options.giveUpWayBack) await keepWayBack(target, hop, options.asks?.target);
  if (options.canary !== undefined)
    await waitForCanary(selectTarget(fleet, options.canary), hop, to, options);
  if (options.asks !== undefined) await preflight(target, hop, options.asks.target, options.accepted);
}

/** @throws CommandFailure for a hop to an older release, whose components nobody takes back in place */
function refuseBackwards(target: Target, hop: UpgradeHop): void {
  const { release } = standOf(target);
  if (releaseNames.indexOf(hop.release) < releaseNames.indexOf(release))
    throw new CommandFailure(
      `release ${hop.release} is older than ${release} of ${target.name}, and --apply only goes up; npx octarine upgrade ${target.name} --to ${hop.release} says what a way back takes`,
    );
}

/** @throws CommandFailure for a component that can't go as far at once */
function refuseSkipped(target: Target, hop: UpgradeHop): void {
  const skipped = skippedMinors(target, hop);
  if (skipped.length === 0) return;
  throw new CommandFailure(
    [
      "a deployment upgrades in place, and these can't skip minors:",
      ...skipped.map(
        ({ component, from, to }) =>
          `  ${component} ${from} -> ${to}: write versions.${component} of the next minor, with the reason, in ${target.file}, npx octarine deploy ${target.name}, then this command again; the override stays until the end`,
      ),
    ].join("\n"),
  );
}

async function keepWayBack(target: Target, hop: UpgradeHop, ask: Ask | undefined): Promise<void> {
  const before: MinorName = standOf(target).nodes;
  const goOn = `the same command with --give-up-way-back lets nodes and add-ons follow to ${hop.nodes}, which ends it`;
  if (ask === undefined)
    throw new Paused(`${target.name} may still go back to ${before}, and nobody is asked; ${goOn}`);
  const { live, close } = await ask();
  try {
    const way = await interruptible(wayBackOf(target, hop.kubernetes, live, Date.now()));
    if (way.is === "over")
      return say(`the seven days in which EKS takes ${target.clusterName} back are over`);
    if (way.is === "not known")
      throw new Paused(
        `whether EKS still takes ${target.clusterName} back to ${before} is not known (${way.why}); ${goOn}`,
      );
    throw new Paused(
      [
        `${target.name} is at ${standText(standOf(target))}, and stops there: until ${new Date(way.until).toISOString()} EKS takes the control plane back to ${before}.`,
        `To go on: the same command after that, or now with --give-up-way-back, which lets nodes and add-ons follow to ${hop.nodes}.`,
        `To go back: ${wayBackCommands(target, before).join("; ")}; then versions.kubernetes: ${before} without versions.nodes in ${target.file} (docs/releases.md)`,
      ].join("\n"),
    );
  } finally {
    close();
  }
}

async function waitForCanary(
  canary: Target,
  hop: UpgradeHop,
  to: ReleaseName,
  options: GateOptions,
): Promise<void> {
  const stand = standOf(canary);
  if (!isAtLeast(stand, hop))
    throw new Paused(
      `${canary.name} goes first, and is at ${standText(stand)}, before ${standText(hop)}: npx octarine upgrade ${canary.name} --to ${to} --apply`,
    );
  const journal = readJournal(canary);
  if (journal !== undefined)
    throw new Paused(
      `${canary.name} goes first, and is still on the way to ${standText(journal.hop)}: ${stoppedAt(journal)}; npx octarine upgrade ${canary.name} --to ${to} --apply`,
    );
  if (options.asks === undefined) return;
  await verifyUntilMet(canary, `of the canary ${canary.name}`, checksOf(canary), {
    ...options,
    ask: options.asks.canary,
    waitMinutes: 0,
  });
}

async function preflight(
  target: Target,
  hop: UpgradeHop,
  ask: Ask,
  accepted: ReadonlyMap<string, string>,
): Promise<void> {
  const checks = preflightChecks(target, hop);
  if (checks.length === 0) return;
  const checked = await interruptible(outcomesOf(target, checks, ask));
  const stops = checked.filter(({ check, outcome }) => outcome.is !== "met" && !accepted.has(check.id));
  checked
    .filter((each) => !stops.includes(each))
    .forEach((each) => (each.outcome.is === "met" ? say(linesOf([each])) : warn(linesOf([each]))));
  if (stops.length === 0) return;
  throw new CommandFailure(
    `${target.name}: ${standText(hop)} would break something, or it is not known; nothing was changed. What can't be mended is accepted by --accept <ID>=<reason>:\n${linesOf(stops)}`,
  );
}

interface CanaryOptions {
  readonly canary?: string;
  readonly canaryFrom?: string;
  readonly canaryProfile?: string;
  readonly withoutCanary?: string;
}

/**
 * The canary of an upgrade: production has one, or a reason why not.
 *
 * @throws UsageError
 */
export function canaryOf(
  fleet: Fleet,
  target: Target,
  { canary, canaryFrom, canaryProfile, withoutCanary }: CanaryOptions,
): string | undefined {
  const idle = canary === undefined || canaryFrom !== undefined ? canaryProfile : undefined;
  if (canary === undefined && canaryFrom !== undefined)
    throw new UsageError("--canary-from has no effect without --canary; add it, or remove --canary-from");
  if (idle !== undefined)
    throw new UsageError(
      canary === undefined
        ? "--canary-profile has no effect without --canary; add it, or remove --canary-profile"
        : "--canary-profile has no effect with --canary-from, which asks nobody; remove one of them",
    );
  if (canary !== undefined) {
    const { name } = selectTarget(fleet, canary);
    if (name === target.name) throw new UsageError(`${name} can't be its own canary; name another target`);
    return name;
  }
  if (target.production && withoutCanary === undefined)
    throw new UsageError(
      `${target.name} is a production target: name one that goes first by --canary, or say why there is none by --without-canary`,
    );
  return undefined;
}

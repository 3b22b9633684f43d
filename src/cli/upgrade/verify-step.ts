import { setTimeout } from "node:timers/promises";
import type { Live } from "../../live/question";
import type { Target } from "../../model/target";
import type { IdentityProof } from "../../permissions/prove";
import { proofOfTarget, reachOfTarget } from "../../synth/guard-targets";
import type { TargetReach } from "../../synth/reach-target";
import { counted } from "../../text/counted";
import type { Checked, LiveCheck } from "../../verify/live-check";
import { runChecks } from "../../verify/run-checks";
import { tellProgress } from "../progress";
import { CommandFailure } from "../report-error";
import { say, warn } from "../terminal";
import { interruptible } from "./interruptible";

/** Whoever answers, anew for each try: an answer is never asked for twice. */
export type Ask = () => Promise<{ readonly live: Live; readonly close: () => void }>;

export interface VerifyOptions {
  readonly ask: Ask;
  /** Ids of checks that may fail, and why. */
  readonly accepted: ReadonlyMap<string, string>;
  /** How long a check may take until it is met. */
  readonly waitMinutes: number;
}

const PAUSE_MS = 15_000;

/**
 * Answers of a cluster or account that does not answer, as kubectl, client-go and the AWS CLI put it. What a caller may not ask is known
 * beforehand and stays so; this may be what a deployment broke.
 */
const UNREACHED =
  /did not answer in \d|unable to connect|connection (to the server .*)?(was )?refused|connection reset|time(d )?out|deadline exceeded|TLS handshake|unable to handle the request|ServiceUnavailable|InternalError|Unauthorized\b(?!Operation)|must be logged in|ExpiredToken|could not connect/i;

const isUnreached = ({ outcome }: Checked): boolean =>
  outcome.is === "not known" && outcome.says.some((line) => UNREACHED.test(line));

/**
 * Asks until all checks are met, or the time is over: nodes, pods and load balancers follow a deployment some time later. A check to
 * which nobody answers is no more met than one that fails.
 *
 * @param what in a sentence: `after prod-us-east-1-cni`
 * @throws CommandFailure with what is not met
 * @throws Interrupted
 */
export async function verifyUntilMet(
  target: Target,
  what: string,
  checks: readonly LiveCheck[],
  options: VerifyOptions,
): Promise<void> {
  const end = Date.now() + options.waitMinutes * 60_000;
  for (;;) {
    tellProgress(`asking ${target.name} ${what}`);
    const checked = await interruptible(outcomesOf(target, checks, options.ask));
    const open = checked.filter(
      (each) => (each.outcome.is === "not met" || isUnreached(each)) && !options.accepted.has(each.check.id),
    );
    const unknown = checked.filter(({ outcome }) => outcome.is === "not known");
    const left = end - Date.now();
    if (unknown.length === checked.length && checked.length > 0 && (open.length === 0 || left <= 0))
      throw new CommandFailure(`${target.name} could not be asked ${what}:\n${linesOf(unknown)}`);
    if (open.length === 0) return tellMet(what, checked, options.accepted);
    if (left <= 0)
      throw new CommandFailure(
        `${target.name}: ${counted(open.length, "check")} of ${checked.length} not met ${what}:\n${linesOf(open)}`,
      );
    tellProgress(`${what}: waiting for ${open.map(({ check }) => check.id).join(", ")}`);
    await interruptible(setTimeout(Math.min(PAUSE_MS, left)));
  }
}

/** Each check once, with what it found. */
export async function outcomesOf(target: Target, checks: readonly LiveCheck[], ask: Ask): Promise<Checked[]> {
  const { live, close } = await ask();
  try {
    let proofs: readonly IdentityProof[] | undefined;
    let reach: TargetReach | undefined;
    const subject = {
      target,
      now: Date.now(),
      proofs: () => (proofs ??= proofOfTarget(target)),
      reach: () => (reach ??= reachOfTarget(target)),
    };
    return await runChecks(checks, subject, live);
  } finally {
    close();
  }
}

function tellMet(what: string, checked: readonly Checked[], accepted: VerifyOptions["accepted"]): void {
  const met = checked.filter(({ outcome }) => outcome.is === "met");
  say(`${what}: ${met.length} of ${counted(checked.length, "check")} met`);
  for (const each of checked) {
    if (each.outcome.is === "met") continue;
    const why =
      each.outcome.is === "not met" ? `accepted: ${accepted.get(each.check.id) ?? ""}` : "not known";
    warn(`${why}\n${linesOf([each])}`);
  }
}

/** A line for each check, and what it found below it. */
export function linesOf(checked: readonly Checked[]): string {
  return checked
    .flatMap(({ check, outcome }) => [
      `  ${check.id}: ${check.proves}`,
      ...outcome.says.map((line) => `    ${line}`),
    ])
    .join("\n");
}

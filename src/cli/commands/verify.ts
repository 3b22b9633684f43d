import os from "node:os";
import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { recorded } from "../../live/recorded";
import { recorder } from "../../live/recorder";
import type { Live } from "../../live/question";
import type { Target } from "../../model/target";
import type { IdentityProof } from "../../permissions/prove";
import { proofOfTarget, reachOfTarget } from "../../synth/guard-targets";
import type { TargetReach } from "../../synth/reach-target";
import { unknownName } from "../../text/nearest";
import type { LiveCheck, OnRequest } from "../../verify/live-check";
import { liveChecks } from "../../verify/live-checks";
import {
  checkList,
  verifyExitCode,
  verifyJunit,
  verifyMarkdown,
  verifyReport,
  verifyText,
} from "../../verify/reports";
import { withRestores } from "../../verify/restore";
import { runChecks } from "../../verify/run-checks";
import { removeProbes, withProbes } from "../../verify/traffic/with-probes";
import { type ConnectionOptions, connect } from "../access/connection";
import { envsDir } from "../fleet-options";
import { type FormOptions, formOf } from "../forms";
import { tellProgress } from "../progress";
import { UsageError } from "../report-error";
import { print, printJson, say } from "../terminal";
import { warnedFleet } from "../warned-fleet";
import { writeWhole } from "../write-whole";

interface VerifyOptions extends ConnectionOptions, FormOptions<"text" | "json" | "markdown"> {
  readonly only?: readonly string[];
  readonly list?: boolean;
  readonly from?: string;
  readonly evidence?: string;
  readonly junit?: string;
  readonly markdown?: string;
  readonly traffic?: boolean;
  readonly image?: string;
  readonly drift?: boolean;
  readonly ciliumConnectivity?: boolean;
  /** Gbit/s, or true for the usual. */
  readonly throughput?: string | true;
  readonly restore?: string;
}

/** What somebody asked for beside the usual. */
function requested({ drift, ciliumConnectivity, throughput, restore }: VerifyOptions): readonly OnRequest[] {
  return [
    ...(drift === true ? (["drift"] as const) : []),
    ...(ciliumConnectivity === true ? (["cilium-connectivity"] as const) : []),
    ...(throughput !== undefined ? (["throughput"] as const) : []),
    ...(restore !== undefined ? (["restore"] as const) : []),
  ];
}

/** @throws UsageError */
function gigabitsOf(throughput: VerifyOptions["throughput"]): number | undefined {
  if (throughput === undefined || throughput === true) return undefined;
  const gigabits = Number(throughput);
  if (!(gigabits > 0)) throw new UsageError(`--throughput must be a number of Gbit/s; got ${throughput}`);
  return gigabits;
}

export async function verify(name: string, options: VerifyOptions, command: Command): Promise<void> {
  const target = selectTarget(warnedFleet(command, [name], []), name);
  const checks = chosen(target, options);
  if (options.list === true) return print(checkList(checks));
  const form = formOf(options);
  const gigabits = gigabitsOf(options.throughput);
  const { live, close } = await answering(target, options, envsDir(command));
  try {
    let proofs: readonly IdentityProof[] | undefined;
    const now = Date.now();
    let done = 0;
    tellProgress(`asking ${target.name}`);
    let reach: TargetReach | undefined;
    const subject = {
      target,
      now,
      proofs: () => (proofs ??= proofOfTarget(target)),
      reach: () => (reach ??= reachOfTarget(target)),
      ...(options.image !== undefined && { image: options.image }),
      ...(gigabits !== undefined && { gigabits }),
      ...(options.restore !== undefined && { restore: options.restore }),
    };
    const checked = await runChecks(checks, subject, live, ({ check }) =>
      tellProgress(`asking ${target.name}: ${check.id} (${++done} of ${checks.length})`),
    );
    const report = verifyReport(target.name, now, checked);
    if (options.junit !== undefined) writeWhole(options.junit, verifyJunit(report));
    if (options.markdown !== undefined) writeWhole(options.markdown, `${verifyMarkdown(report)}\n`);
    if (form === "json") printJson("verify", report);
    else print(form === "markdown" ? verifyMarkdown(report) : verifyText(report));
    process.exitCode = verifyExitCode(report);
  } finally {
    await close();
  }
}

async function answering(
  target: Target,
  { from, evidence, ...options }: VerifyOptions,
  envs: string,
): Promise<{ readonly live: Live; readonly close: () => Promise<void> }> {
  if (from !== undefined) return { live: recorded(from), close: () => Promise.resolve() };
  const octarine = [process.execPath, ...process.execArgv, process.argv[1] ?? "", "--envs", envs];
  const connection = await connect(target, options, octarine);
  const makesPods = options.traffic === true || options.throughput !== undefined;
  const probes = makesPods ? probing(connection.live) : connection.live;
  const live = options.restore === undefined ? probes : withRestores(probes);
  const close = async () => {
    if (options.throughput !== undefined) await removeProbes(connection.live);
    connection.close();
  };
  return { live: evidence === undefined ? live : recorder(live, evidence), close };
}

/** Makes pods, and takes them away where somebody ends this, too. */
function probing(live: Live): Live {
  const end = (signal: NodeJS.Signals) => {
    say("taking pods away that were made");
    void removeProbes(live).finally(() => process.exit(128 + os.constants.signals[signal]));
  };
  process.once("SIGINT", end).once("SIGTERM", end).once("SIGHUP", end);
  return withProbes(live);
}

/**
 * Checks that apply to the target, or those that were named.
 *
 * @throws UsageError
 */
function chosen(target: Target, options: VerifyOptions): LiveCheck[] {
  const { only, traffic, list, from } = options;
  const apply = liveChecks.filter((each) => each.applies(target));
  const mayMakePods = traffic === true || list === true || from !== undefined;
  const wanted = requested(options);
  for (const each of wanted)
    if (!apply.some(({ onRequest }) => onRequest === each))
      throw new UsageError(`--${each} does not apply to ${target.name}, by its configuration; leave it out`);
  const isAsked = ({ onRequest }: LiveCheck): boolean =>
    onRequest === undefined || list === true || wanted.includes(onRequest);
  if (only === undefined)
    return apply.filter((each) => isAsked(each) && (mayMakePods || each.traffic !== true));
  return only.map((id) => {
    const found = liveChecks.find((each) => each.id === id.toUpperCase());
    if (found === undefined)
      throw new UsageError(
        unknownName(
          id,
          "a live check",
          liveChecks.map((each) => each.id),
        ),
      );
    if (!apply.includes(found))
      throw new UsageError(
        `${found.id} does not apply to ${target.name}, by its configuration; leave it out`,
      );
    if (found.traffic === true && !mayMakePods)
      throw new UsageError(`${found.id} makes pods in the cluster for a moment; add --traffic`);
    if (!isAsked(found) && from === undefined)
      throw new UsageError(`${found.id} is only done where it is asked for; add --${found.onRequest}`);
    return found;
  });
}

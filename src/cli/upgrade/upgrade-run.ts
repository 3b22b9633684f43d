import type { Command } from "commander";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { selectTarget } from "../../fleet/select-targets";
import type { Fleet, Target } from "../../model/target";
import { stackId } from "../../model/stacks/state-location";
import { flat } from "../../plan-review/model/phrase";
import { type ReleaseName, releaseNames } from "../../releases/names";
import { counted } from "../../text/counted";
import { checksOf } from "../../upgrade/concerns";
import { type HopStep, hopSteps } from "../../upgrade/hop-steps";
import { hopOf, hopsOf, isSameStand, standOf, standText } from "../../upgrade/hops";
import { type Journal, stoppedAt } from "../../upgrade/journal";
import { afterHop } from "../../upgrade/preflight/checks";
import type { LiveCheck } from "../../verify/live-check";
import { refuseUnsaid } from "../adopt/refuse-unsaid";
import { hasChanges, planAndApply } from "../deploy/apply";
import { tellLeftBehind } from "../deploy/states/tell";
import { OUT_DIR, TargetRun } from "../deploy/target-run";
import { stackDir } from "../deploy/workspaces";
import { envsDir } from "../fleet-options";
import { tellProgress } from "../progress";
import { CommandFailure } from "../report-error";
import { ask, heading, say, warn } from "../terminal";
import { checkedFleet } from "../checked-fleet";
import { carryOut, type Hands } from "./carry-out";
import { define } from "./define";
import { type GateOptions, passGates } from "./gates";
import { journalFile, readJournal, removeJournal, writeJournal } from "./journal-file";
import { interruptible } from "./interruptible";
import { linesOf, outcomesOf, verifyUntilMet } from "./verify-step";
import { writeHop } from "./write-hop";

export interface UpgradeRunOptions extends GateOptions {
  /** Nobody is asked before a stack is changed. */
  readonly yes: boolean;
  readonly skipReachCheck: boolean;
}

/** One run of an upgrade: from where the target stands, hop by hop, to a release or to where somebody has to decide. */
export class UpgradeRun {
  constructor(
    private readonly command: Command,
    private readonly name: string,
    private readonly to: ReleaseName,
    private readonly options: UpgradeRunOptions,
  ) {}

  /**
   * @returns how many hops were carried out
   * @throws Paused, CommandFailure, Interrupted
   */
  async run(): Promise<number> {
    for (let done = 0; ; done++) {
      const fleet = checkedFleet(this.command);
      const target = selectTarget(fleet, this.name);
      const journal = journalOf(target, this.to) ?? (await this.begin(fleet, target, done === 0));
      if (journal === undefined) return done;
      await this.carryOut(target, journal);
    }
  }

  /** The journal of the next hop, whose gates are passed; undefined where there is none. */
  private async begin(fleet: Fleet, target: Target, isFirst: boolean): Promise<Journal | undefined> {
    const [hop] = hopsOf(target, this.to);
    if (hop === undefined) return undefined;
    if (isFirst) await this.refuseUndeployed(fleet, target);
    await passGates(fleet, target, { hop, to: this.to }, this.options);
    const { release, kubernetes, nodes } = hop;
    return {
      format: 1,
      target: target.name,
      from: standOf(target),
      hop: { release, kubernetes, nodes },
      done: {},
    };
  }

  private async carryOut(before: Target, journal: Journal): Promise<void> {
    const hop = hopOf(before, journal.from, journal.hop);
    writeJournal(before, journal);
    const fleet = writeHop(this.command, before, hop, this.to);
    const target = selectTarget(fleet, this.name);
    const steps = hopSteps(target, hop);
    heading(`${target.name}: to ${standText(journal.hop)}, ${counted(steps.length, "step")}`);
    const run = new TargetRun(fleet, this.name, this.options);
    try {
      await carryOut(this.asked(steps), journal, this.hands(run));
    } finally {
      run.close();
    }
    removeJournal(target);
    say(`${target.name} is at ${standText(journal.hop)}`);
    await this.tellAfter(target, afterHop(target, hop));
  }

  private async tellAfter(target: Target, checks: readonly LiveCheck[]): Promise<void> {
    if (checks.length === 0 || this.options.asks === undefined) return;
    const checked = await interruptible(outcomesOf(target, checks, this.options.asks.target));
    checked.filter(({ outcome }) => outcome.is !== "met").forEach((each) => warn(linesOf([each])));
  }

  private asked(steps: readonly HopStep[]): readonly HopStep[] {
    return this.options.asks === undefined ? steps.filter(({ does }) => does !== "verify") : steps;
  }

  private hands(run: TargetRun): Hands {
    const { target } = run;
    return {
      digest: (stack) =>
        createHash("sha256")
          .update(fs.readFileSync(path.join(stackDir(OUT_DIR, target, stack), "cdk.tf.json")))
          .digest("hex"),
      keep: (journal) => writeJournal(target, journal),
      define: async (step) => await define(step, this.options),
      verify: async ({ stack, checks }) => {
        const what = stack === undefined ? "at the end of the hop" : `after ${stackId(target, stack)}`;
        const { asks } = this.options;
        if (asks !== undefined)
          await verifyUntilMet(target, what, checks, { ...this.options, ask: asks.target });
      },
      deploy: async ({ stack, brings }, { index, total }) => {
        if (await run.waitsForPeers(stack)) return false;
        await run.prepare(stack);
        await run.reach(stack);
        for (const { component, from, to, restarts } of brings)
          say(`${component} ${from} -> ${to}, restarts ${restarts}`);
        return await run.on(stack, { verb: "deploy", index, total }, (folder) =>
          planAndApply(folder, async () => {
            await refuseUnsaid(run.target, stack, folder);
            await this.approve(stackId(target, stack));
          }),
        );
      },
    };
  }

  private async approve(id: string): Promise<void> {
    if (this.options.yes) return;
    const answer = await ask(`This changes ${id}. Type yes to go on: `);
    if (answer !== "yes") throw new CommandFailure("not approved; nothing was changed in this stack");
  }

  /**
   * What the config says has to be there before it says something else: a hop over what was never deployed, or was changed by hand,
   * could skip a minor.
   *
   * @throws CommandFailure
   */
  private async refuseUndeployed(fleet: Fleet, target: Target): Promise<void> {
    heading(`${target.name}: whether it is as the config says`);
    const run = new TargetRun(fleet, this.name, this.options);
    try {
      (await tellLeftBehind(fleet, run.target, envsDir(this.command))).map(flat).forEach(warn);
      for (const stack of run.stacks()) {
        if (await run.waitsForPeers(stack)) continue;
        const id = stackId(run.target, stack);
        tellProgress(`planning ${id}`);
        await run.prepare(stack);
        await run.reach(stack);
        const cwd = stackDir(OUT_DIR, run.target, stack);
        // No further: what comes after it reads what it would publish.
        if (!(await hasChanges({ id, cwd, workspace: run.target.workspace }))) continue;
        const accepted = this.options.accepted.get(id);
        if (accepted === undefined)
          throw new CommandFailure(
            `${target.name} is not as its config says, and an upgrade begins where it is: the plan of ${id} changes something. See npx octarine plan ${target.name} --review, then npx octarine deploy ${target.name}; what can't be mended is accepted by --accept ${id}=<reason>`,
          );
        warn(`the plan of ${id} changes something: ${accepted}`);
      }
    } finally {
      run.close();
    }
    const { asks } = this.options;
    if (asks === undefined) return;
    await verifyUntilMet(target, "before the upgrade", checksOf(target), {
      ...this.options,
      ask: asks.target,
      waitMinutes: 0,
    });
  }
}

/**
 * The journal of a run that did not end, where it still is about what the config says.
 *
 * @throws CommandFailure where it leads beyond the release that is asked for
 */
function journalOf(target: Target, to: ReleaseName): Journal | undefined {
  const journal = readJournal(target);
  if (journal === undefined) return undefined;
  const now = standOf(target);
  const file = journalFile(target);
  if (isSameStand(now, journal.from) && Object.keys(journal.done).length === 0) {
    // It may be of long ago, and so would its gates be.
    say(`${file} is of a hop of which nothing was done; it begins anew`);
    removeJournal(target);
    return undefined;
  }
  if (isSameStand(now, journal.from) || isSameStand(now, journal.hop)) {
    if (releaseNames.indexOf(journal.hop.release) > releaseNames.indexOf(to))
      throw new CommandFailure(
        `${target.name} is on the way to ${standText(journal.hop)} (${file}), beyond release ${to}: ${stoppedAt(journal)}. Go on with --to ${journal.hop.release}`,
      );
    say(`going on by ${file}: on the way to ${standText(journal.hop)} ${stoppedAt(journal)}`);
    return journal;
  }
  warn(
    `${file} is about the way from ${standText(journal.from)} to ${standText(journal.hop)}, and the config says ${standText(now)}; it is removed`,
  );
  removeJournal(target);
  return undefined;
}

import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { typed, whyNot } from "../../live/question";
import type { Target } from "../../model/target";
import { stackId } from "../../model/stacks/state-location";
import { physicalName } from "../../modules/physical-names";
import { groupName } from "../../stacks/cluster/running-cluster-of";
import { counted } from "../../text/counted";
import { present } from "../../text/errors";
import {
  cordonQuestion,
  drainInTurn,
  isReady,
  nodesIn,
  nodesOfGroup,
  nodesQuestion,
} from "../../upgrade/drain";
import { budgetsAllow, noBarePods } from "../../upgrade/preflight/drain-checks";
import { checkedFleet } from "../checked-fleet";
import { refuseUnsaid } from "../adopt/refuse-unsaid";
import { planAndApply } from "../deploy/apply";
import { type RunOptions, TargetRun } from "../deploy/target-run";
import { CommandFailure } from "../report-error";
import { ask, heading, say, warn } from "../terminal";
import { editTargetFile } from "../upgrade/edit-target-file";
import { interruptible } from "../upgrade/interruptible";
import { type Ask, linesOf, outcomesOf } from "../upgrade/verify-step";
import { besideEdits, type Stage, stageOf } from "./group-edits";
import { waitUntil } from "./wait-until";

export interface ReplaceOptions extends RunOptions {
  readonly group: string;
  readonly as: string;
  /** What the new group has another way, a map in YAML. */
  readonly changes: string;
  readonly yes: boolean;
  readonly ask: Ask;
  readonly accepted: ReadonlyMap<string, string>;
  /** Until the new nodes are Ready. */
  readonly waitMinutes: number;
  /** For the pods of one node. */
  readonly drainMinutes: number;
}

/**
 * A group of nodes beside an old one, and the old one's end: for what EKS can't change in place. Where it has come to is read from the
 * config and the cluster, so the same command goes on where it stopped.
 */
export class ReplaceRun {
  constructor(
    private readonly command: Command,
    private readonly name: string,
    private readonly options: ReplaceOptions,
  ) {}

  /**
   * @returns where it began
   * @throws CommandFailure, Interrupted
   */
  async run(): Promise<Stage> {
    const { group, as, changes } = this.options;
    const before = this.target();
    const stage = stageOf(before, group, as, changes);
    if (stage !== "one left") {
      await this.refuseHeld(before, stage);
      const oldName = inEks(before, group);
      if (stage === "not begun")
        editTargetFile(this.command, before, besideEdits(before, group, as, changes));
      await this.deployNodes();
      await this.waitForNew();
      await this.drain(oldName);
      editTargetFile(this.command, this.target(), [{ path: ["nodes", group], value: undefined }]);
    }
    // Of a run that was ended between the two, too: a plan without changes does nothing.
    await this.deployNodes();
    return stage;
  }

  private target(): Target {
    return selectTarget(checkedFleet(this.command), this.name);
  }

  /** @throws CommandFailure before anything is written */
  private async refuseHeld(target: Target, stage: Stage): Promise<void> {
    const { ask: asking, accepted } = this.options;
    const checked = await interruptible(outcomesOf(target, [budgetsAllow, noBarePods], asking));
    const stops = checked.filter(({ check, outcome }) => outcome.is !== "met" && !accepted.has(check.id));
    if (stops.length > 0)
      throw new CommandFailure(
        `the nodes of ${this.options.group} can't be drained, or it is not known; nothing ${stage === "both" ? "more " : ""}was changed. What can't be mended is accepted by --accept <ID>=<reason>:\n${linesOf(stops)}`,
      );
  }

  private async deployNodes(): Promise<void> {
    const fleet = checkedFleet(this.command);
    const run = new TargetRun(fleet, this.name, this.options);
    try {
      await run.prepare("nodes");
      await run.reach("nodes");
      await run.on("nodes", { verb: "deploy", index: 0, total: 1 }, (folder) =>
        planAndApply(folder, async () => {
          await refuseUnsaid(run.target, "nodes", folder);
          await this.approve(`This changes ${stackId(run.target, "nodes")}.`);
        }),
      );
    } finally {
      run.close();
    }
  }

  private async approve(what: string): Promise<void> {
    if (this.options.yes) return;
    const answer = await ask(`${what} Type yes to go on: `);
    if (answer !== "yes") throw new CommandFailure("not approved; the same command goes on here");
  }

  private async waitForNew(): Promise<void> {
    const target = this.target();
    const { as, waitMinutes } = this.options;
    const { size } = present(target.config.nodes[as], `the group ${as}`);
    const wanted = size.desired ?? size.min;
    const name = inEks(target, as);
    await waitUntil(`${counted(wanted, "node")} of ${as}`, waitMinutes, async () => {
      const ready = nodesOfGroup(await this.nodes(), name).filter(isReady).length;
      return ready >= wanted ? undefined : `${ready} of ${wanted} are Ready`;
    });
  }

  private async nodes() {
    const { live, close } = await this.options.ask();
    const answer = await live.ask(nodesQuestion).finally(close);
    const nodes = nodesIn(answer);
    if (nodes === undefined)
      throw new CommandFailure(
        `${typed(nodesQuestion)}: ${answer.is === "said" ? "another answer than expected" : whyNot(answer)}`,
      );
    return nodes;
  }

  /** All are cordoned first, so that no pod comes to a node that goes next. */
  private async drain(oldName: string): Promise<void> {
    const { group, as, drainMinutes: minutes, ask: asking, accepted } = this.options;
    const all = await this.nodes();
    const names = nodesOfGroup(all, oldName).map(({ metadata }) => metadata.name);
    if (names.length === 0) return say(`${group} has no nodes`);
    const room = nodesOfGroup(all, inEks(this.target(), as)).filter(isReady).length;
    // Whoever scaled the old one did not scale the new one, and may have made it of larger nodes on purpose.
    if (room < names.length)
      warn(
        `${counted(names.length, "node")} of ${group} are drained, and ${room} of ${as} are Ready: pods without room wait for it; a higher size.desired in --with, when the group is new, makes more`,
      );
    heading(`drain ${counted(names.length, "node")} of ${group}`);
    await this.approve(`This moves every pod from ${names.join(", ")}.`);
    const { live, close } = await asking();
    try {
      const cordoned = await interruptible(live.ask(cordonQuestion(names)));
      if (cordoned.is !== "said")
        throw new CommandFailure(`the nodes of ${group} can't be cordoned: ${whyNot(cordoned)}`);
      const stuck = await interruptible(
        drainInTurn(names, { minutes, isForced: accepted.has(noBarePods.id) }, live, (node) =>
          say(`${node} is drained`),
        ),
      );
      if (stuck === undefined) return;
      throw new CommandFailure(
        `${stuck.node} could not be drained within ${minutes} minutes: ${stuck.why}. The nodes of ${group} take no new pods; both groups run. Mend it and run the same command, or take it back: kubectl uncordon ${names.join(" ")}`,
      );
    } finally {
      close();
    }
  }
}

/** Name of a group in EKS, without what makes it unique. */
function inEks({ config }: Target, group: string): string {
  return physicalName("nodeGroup", groupName(group, present(config.nodes[group], `the group ${group}`)));
}

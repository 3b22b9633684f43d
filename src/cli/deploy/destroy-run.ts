import { listed } from "../../text/listed";
import fs from "node:fs";
import path from "node:path";
import { unknownName } from "../../text/nearest";
import { selectTarget } from "../../fleet/select-targets";
import type { Fleet, Target } from "../../model/target";
import { stackId } from "../../model/stacks/state-location";
import { allStacks } from "../../model/stacks/own-stacks";
import type { StackName } from "../../model/stacks/stack-names";
import { CommandFailure, UsageError } from "../report-error";
import { destroyStack, hasChanges } from "./apply";
import { isDrainedFirst } from "./drain-run";
import { keepKeys } from "./keep-keys";
import { dependentsOf, destroyOrder, reachesInto, type StackThere } from "./states/destroy-order";
import { isKey, protectedStacks, unprotectSteps, warningsOf } from "./states/obstacles";
import { readStates } from "./states/read-state";
import { synthesizeLayer } from "./states/removed-layer";
import { OUT_DIR, type RunOptions, TargetRun } from "./target-run";
import { stackDir } from "./workspaces";

export interface DestroyPlan {
  /** In the order in which they go. */
  readonly stacks: readonly StackName[];
  readonly there: readonly StackThere[];
  /** What a person has to know before. */
  readonly warnings: readonly string[];
}

export interface DestroyRunOptions extends RunOptions {
  /** Commit whose files are taken in place of those of the working tree. */
  readonly configAt?: string;
  /** Whether keys are scheduled for deletion; they stay without it, so that what they encrypt can be read. */
  readonly withKeys?: boolean;
}

/** One run of destroy: finds out what is there and what stands in the way, before anything goes. */
export class DestroyRun {
  readonly target: Target;
  private opened: TargetRun | undefined;

  constructor(
    private readonly fleet: Fleet,
    name: string,
    private readonly options: DestroyRunOptions,
  ) {
    this.target = selectTarget(fleet, name);
  }

  /**
   * @param only one stack, which the config need not have any more; all that is there without it
   * @throws UsageError, CommandFailure where something has to be done first; nothing was changed then
   */
  async plan(only?: string): Promise<DestroyPlan> {
    const { target } = this;
    const layer = only === undefined ? undefined : layerNamed(target, only);
    // Locked and synthesized first, so that nobody else is at work on what is read.
    const run = this.run();
    const wanted = allStacks().map((stack) => ({ workspace: target.workspace, stack }));
    const there = await readStates(target, wanted);
    const stacks =
      layer === undefined ? destroyOrder(there) : destroyOrder(there).filter((each) => each === layer);
    const going = there.filter(({ stack }) => stacks.includes(stack));
    if (layer !== undefined && stacks.length > 0) await this.refuseDependents(run, layer, there);
    await this.refusePeers(stacks);
    this.refuseProtected(going, layer);
    return {
      stacks,
      there: going,
      warnings: [
        ...going.toReversed().flatMap((each) =>
          warningsOf(each, {
            withKeys: this.options.withKeys === true,
            isDrained: layer === undefined && stacks.includes("cluster") && isDrainedFirst(each.stack),
          }).map((line) => `${stackId(target, each.stack)}: ${line}`),
        ),
        ...(layer !== undefined && stacks.length > 0 && target.stacks.includes(layer)
          ? [`the config still has ${layer}: the next deployment of ${target.name} makes it again`]
          : []),
      ],
    };
  }

  /** @param before what is done before a stack goes */
  async destroy(
    { stacks, there }: DestroyPlan,
    before: (stack: StackName) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const run = this.run();
    for (const [index, stack] of stacks.entries()) {
      await before(stack);
      const state = there.find((each) => each.stack === stack)?.state;
      if (state !== undefined && !this.target.stacks.includes(stack))
        run.moveStack(stack, synthesizeLayer(this.fleet, this.target, stack, state));
      await run.prepare(stack);
      await run.reach(stack);
      const keys = this.options.withKeys === true ? [] : (state?.objects.filter(isKey) ?? []);
      await run.on(stack, { verb: "destroy", index, total: stacks.length }, async (folder) => {
        await keepKeys(folder, keys);
        await destroyStack(folder);
      });
      if (!this.target.stacks.includes(stack)) this.forget(stack);
    }
  }

  /** What Terraform downloaded for a layer when the config still had it: every synthesis would name it as a leftover. */
  private forget(stack: StackName): void {
    for (const name of [".terraform", ".terraform.lock.hcl"])
      fs.rmSync(path.join(stackDir(OUT_DIR, this.target, stack), name), { recursive: true, force: true });
  }

  close(): void {
    this.opened?.close();
  }

  private run(): TargetRun {
    this.opened ??= new TargetRun(this.fleet, this.target.name, this.options);
    return this.opened;
  }

  private async refuseDependents(
    run: TargetRun,
    layer: StackName,
    there: readonly StackThere[],
  ): Promise<void> {
    const { target } = this;
    const { destroyFirst, deployFirst } = dependentsOf(layer, target, there);
    if (destroyFirst.length > 0) {
      throw new CommandFailure(
        `${stackId(target, layer)} has others that depend on it; destroy them first, in this order: ` +
          destroyFirst.map((each) => this.command(each)).join("; "),
      );
    }
    const behind: StackName[] = [];
    for (const stack of deployFirst) {
      await run.prepare(stack);
      await run.reach(stack);
      const folder = { id: stackId(target, stack), cwd: stackDir(OUT_DIR, target, stack) };
      if (await hasChanges({ ...folder, workspace: target.workspace })) behind.push(stack);
    }
    if (behind.length > 0) {
      throw new CommandFailure(
        `${stackId(target, layer)} may still be used by stacks that come after it and have changes to deploy; deploy them first: ` +
          behind.map((each) => `npx octarine deploy ${target.name} ${each}`).join("; "),
      );
    }
  }

  /** Peering, routes and mesh secrets of a peer would outlive what they lead to, and hold its VPC. */
  private async refusePeers(stacks: readonly StackName[]): Promise<void> {
    if (!stacks.includes("network") && !stacks.includes("cluster")) return;
    const { name } = this.target;
    for (const peer of this.fleet.targets.filter((each) => mayReachInto(each, this.target))) {
      const [federation] = await readStates(peer, [{ workspace: peer.workspace, stack: "federation" }]);
      if (federation === undefined || !reachesInto(federation.state, this.target)) continue;
      throw new CommandFailure(
        `${stackId(peer, "federation")} reaches into ${name}; ${withoutPeer(peer, name)}`,
      );
    }
  }

  private refuseProtected(going: readonly StackThere[], layer: StackName | undefined): void {
    const stacks = protectedStacks(this.target, going);
    if (stacks.length === 0) return;
    const { configAt } = this.options;
    // With its files back, the command needs no commit any more.
    const steps = unprotectSteps(this.target, stacks, this.command(layer, {}), configAt);
    throw new UsageError(
      `${this.target.name} is protected: AWS would refuse to delete what ${listed(stacks)} ${stacks.length === 1 ? "holds" : "hold"}, after` +
        ` everything else was gone. Nothing was changed. Do this first:\n` +
        steps.map((step, index) => `  ${index + 1}. ${step}`).join("\n"),
    );
  }

  /** The command that goes on, as it has to be typed. */
  private command(layer: StackName | undefined, { configAt }: DestroyRunOptions = this.options): string {
    return [
      `npx octarine destroy ${this.target.name}`,
      ...(layer === undefined ? [] : [layer]),
      ...(this.target.production ? ["--allow-prod"] : []),
      ...(configAt === undefined ? [] : [`--config-at ${configAt}`]),
    ].join(" ");
  }
}

/** What ends a peering: the config of the other side, its deployment, or that its federation goes. */
function withoutPeer(peer: Target, name: string): string {
  const { peers } = peer.config.network.connections;
  const leave = peers.includes(name)
    ? `take ${name} out of network.connections.peers in ${peer.file}, then `
    : "";
  const [only] = peers.filter((each) => each !== name);
  const allowed = peer.production ? " --allow-prod" : "";
  return only === undefined
    ? `${leave}run npx octarine destroy ${peer.name} federation${allowed}`
    : `${leave}run npx octarine deploy ${peer.name} federation`;
}

/** Peers by either's config, and the environment's other targets: they may have been peers, and not be deployed without it yet. */
function mayReachInto(other: Target, target: Target): boolean {
  const peersOf = ({ config }: Target) => config.network.connections.peers;
  return (
    other.name !== target.name &&
    (other.environment === target.environment ||
      peersOf(other).includes(target.name) ||
      peersOf(target).includes(other.name))
  );
}

function layerNamed(target: Target, only: string): StackName {
  const all = allStacks();
  const found = all.find((each) => each === only || stackId(target, each) === only);
  if (found !== undefined) return found;
  throw new UsageError(unknownName(only, "a stack", all));
}

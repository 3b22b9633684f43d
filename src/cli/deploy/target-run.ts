import fs from "node:fs";
import { unknownName } from "../../text/nearest";
import { selectTarget } from "../../fleet/select-targets";
import type { Fleet, Target } from "../../model/target";
import { stackId } from "../../model/stacks/state-location";
import type { StackName } from "../../model/stacks/stack-names";
import { OutputLayout } from "../../synth/output/layout";
import { lockRun, type RunLock } from "../../synth/output/lock";
import { synthesize } from "../../synth/synthesize";
import { clearStack } from "../offline/clear-stack";
import { CommandFailure, UsageError } from "../report-error";
import { commandLine, heading, say, warn } from "../terminal";
import { missingPeerStacks } from "./peers";
import { callsKubernetes, checkReach } from "./reach";
import type { StackFolder } from "./apply";
import { holdSignals } from "./child";
import { hasState, prepareWorkspace, readOutput, stackDir } from "./workspaces";

/** Where the CLI of cdktf expects the output (cdktf.json). */
export const OUT_DIR = "cdktf.out";

export interface RunOptions {
  readonly skipReachCheck?: boolean;
}

/** One run of a command over a target's stacks, with the checks that come before anything changes. */
export class TargetRun {
  readonly target: Target;
  /** Of the Kubernetes API. Read once: every stack that calls it comes after the cluster. */
  private endpoint: string | undefined;
  private readonly lock: RunLock;
  private readonly prepared = new Set<StackName>();
  /** Of stacks that the config no longer has, which are synthesized elsewhere. */
  private readonly outDirs = new Map<StackName, string>();

  constructor(
    fleet: Fleet,
    name: string,
    private readonly options: RunOptions,
  ) {
    this.target = selectTarget(fleet, name);
    this.refuseOtherWorkspace();
    if (!fs.existsSync("cdktf.json")) {
      throw new UsageError("there is no cdktf.json here; run this in the root of the repository");
    }
    this.lock = lockRun(new OutputLayout(OUT_DIR), name, commandLine());
    synthesize({ targets: [this.target] }, OUT_DIR).kept.forEach(warn);
    for (const stack of this.target.stacks) clearStack(stackDir(OUT_DIR, this.target, stack));
  }

  /** Lets others work in the target's folders. */
  close(): void {
    this.lock.release();
  }

  /** From here on a stack's folder is in another output folder. */
  moveStack(stack: StackName, outDir: string): void {
    this.outDirs.set(stack, outDir);
  }

  private outDirOf(stack: StackName): string {
    return this.outDirs.get(stack) ?? OUT_DIR;
  }

  /** The stacks asked for, in order. */
  stacks(only?: string): StackName[] {
    return stacksNamed(this.target, only);
  }

  /** Whether a stack has to wait for a peer; says so. The peer's own deployment is not this one's failure. */
  async waitsForPeers(stack: StackName): Promise<boolean> {
    if (stack !== "federation") return false;
    const missing = await missingPeerStacks(this.target);
    if (missing.length === 0) return false;
    say(
      `${stackId(this.target, stack)} is left out until its peers are deployed: ${missing.join(", ")} missing`,
    );
    return true;
  }

  async prepare(stack: StackName): Promise<void> {
    await prepareWorkspace(this.outDirOf(stack), this.target, stack);
    this.prepared.add(stack);
  }

  /** Whether Terraform can be asked about a stack's state. */
  isPrepared(stack: StackName): boolean {
    return this.prepared.has(stack);
  }

  async hasState(stack: StackName): Promise<boolean> {
    return await hasState(this.outDirOf(stack), this.target, stack);
  }

  /** Tests the way to the API server before a stack that needs it. */
  async reach(stack: StackName): Promise<void> {
    if (this.options.skipReachCheck || !callsKubernetes(stackDir(this.outDirOf(stack), this.target, stack)))
      return;
    this.endpoint ??= await this.readEndpoint();
    if (this.endpoint === undefined) {
      throw new CommandFailure(
        `${stackId(this.target, "cluster")} has no state yet; deploy it before ${stack}`,
      );
    }
    await checkReach(this.target, this.endpoint);
  }

  private async readEndpoint(): Promise<string | undefined> {
    await this.prepare("cluster");
    return await readOutput(OUT_DIR, this.target, "cluster", "endpoint");
  }

  /** Does something to one stack, and shows where in the order it is and how long it took. */
  async on<Result>(
    stack: StackName,
    { verb, index, total }: { readonly verb: string; readonly index: number; readonly total: number },
    work: (folder: StackFolder) => Promise<Result>,
  ): Promise<Result> {
    const id = stackId(this.target, stack);
    const position = positionOf(index, total);
    const cwd = stackDir(this.outDirOf(stack), this.target, stack);
    const started = Date.now();
    // Whoever reads that it begins may send a signal before Terraform has begun.
    const release = holdSignals();
    heading(`${position} ${verb} ${id}`);
    const working = work({ id, cwd, workspace: this.target.workspace });
    release();
    const result = await working;
    say(`${position} ${id} done in ${Math.round((Date.now() - started) / 1000)} s`);
    return result;
  }

  private refuseOtherWorkspace(): void {
    const { TF_WORKSPACE: here } = process.env;
    const { workspace, name } = this.target;
    if (here !== undefined && here !== "" && here !== workspace) {
      throw new UsageError(
        `TF_WORKSPACE is ${here}, and ${name} belongs in ${workspace}; unset it, or name the other target`,
      );
    }
  }
}

/** `[2/4]` */
export function positionOf(index: number, total: number): string {
  return `[${index + 1}/${total}]`;
}

/**
 * The stacks of a target that were asked for, in order.
 *
 * @throws UsageError
 */
export function stacksNamed(target: Target, only?: string): StackName[] {
  const all = target.stacks;
  if (only === undefined) return [...all];
  const name = all.find((each) => each === only || stackId(target, each) === only);
  if (name === undefined) {
    throw new UsageError(unknownName(only, `a stack of ${target.name}`, all));
  }
  return [name];
}

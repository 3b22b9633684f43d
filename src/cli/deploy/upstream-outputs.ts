import fs from "node:fs";
import path from "node:path";
import type { Target } from "../../model/target";
import { isObject, type JsonObject, parseJson } from "../../terraform-plan/json";
import { stackId } from "../../model/stacks/state-location";
import { allStacks } from "../../model/stacks/own-stacks";
import type { StackName } from "../../model/stacks/stack-names";
import { synthesize } from "../../synth/synthesize";
import { CommandFailure } from "../report-error";
import { peersDir } from "./peers";
import { type RemoteState, remoteStates } from "./remote-states";
import { runTerraform } from "./run-terraform";
import { OUT_DIR, type TargetRun } from "./target-run";
import { hasState, stackDir, wasApplied } from "./workspaces";

/** A stack that is to be applied before another one can be planned. */
export interface WaitsFor {
  /** Id of the upstream stack. */
  readonly stack: string;
  /** What its state lacks: `node_subnet_ids["us-east-1d"]`. Empty where it has no state at all. */
  readonly lacks: readonly string[];
}

/** What stacks publish in their states, read once. Changes nothing, and makes no workspace. */
export class UpstreamOutputs {
  private readonly states = new Map<string, JsonObject | undefined>();
  private hasPeers = false;

  constructor(private readonly run: TargetRun) {}

  /** Outputs in a stack's state; undefined for a stack that was never applied. */
  async of(target: Target, stack: StackName): Promise<JsonObject | undefined> {
    const id = stackId(target, stack);
    if (!this.states.has(id)) this.states.set(id, await this.read(target, stack));
    return this.states.get(id);
  }

  /** Where the Terraform JSON of a target's stacks lies. */
  outDir(target: Target): string {
    const { target: own } = this.run;
    if (target === own) return OUT_DIR;
    if (!this.hasPeers) synthesize({ targets: own.peers }, peersDir(own));
    this.hasPeers = true;
    return peersDir(own);
  }

  /** The target and the stack that a state is of. */
  ownerOf({ workspace, stack: name }: RemoteState): { readonly owner: Target; readonly stack: StackName } {
    const { target } = this.run;
    const owner = [target, ...target.peers].find((each) => each.workspace === workspace);
    const stack = allStacks().find((each) => each === name);
    if (owner === undefined || stack === undefined)
      throw new TypeError(`${workspace}/${name} is not a stack of ${target.name} or of its peers`);
    return { owner, stack };
  }

  /**
   * Upstream stacks that lack something that `stack` reads: a zone that was added to the config and not yet to the
   * network, an output of a newer Octarine. Terraform fails on such a read, and says only that there is no such key.
   */
  async waitsFor(stack: StackName): Promise<WaitsFor[]> {
    const { target } = this.run;
    const waits: WaitsFor[] = [];
    for (const state of remoteStates(stackJson(stackDir(OUT_DIR, target, stack)))) {
      const { owner, stack: upstream } = this.ownerOf(state);
      const outputs = await this.of(owner, upstream);
      const lacks = outputs === undefined ? [] : lackedBy(outputs, state);
      if (outputs === undefined || lacks.length > 0) waits.push({ stack: stackId(owner, upstream), lacks });
    }
    return waits;
  }

  private async read(target: Target, stack: StackName): Promise<JsonObject | undefined> {
    const outDir = this.outDir(target);
    const isPrepared = target === this.run.target && this.run.isPrepared(stack);
    if (!isPrepared && !(await wasApplied(outDir, target, stack))) return undefined;
    const shown = await runTerraform(stackDir(outDir, target, stack), ["output", "-json", "-no-color"], {
      TF_WORKSPACE: target.workspace,
    });
    if (shown.status !== 0)
      throw new CommandFailure(`${stackId(target, stack)}: terraform output failed.\n${shown.stderr.trim()}`);
    const outputs = parseJson(shown.stdout);
    const values = Object.entries(isObject(outputs) ? outputs : {}).flatMap(([name, output]) =>
      isObject(output) && output.value !== undefined ? [[name, output.value] as const] : [],
    );
    // An apply that stopped early leaves resources and no outputs.
    if (values.length === 0 && !(await hasState(outDir, target, stack))) return undefined;
    return Object.fromEntries(values);
  }
}

/** `prod-us-east-1-network, which has no node_subnet_ids["us-east-1d"] yet` */
export function waitsForText(waits: readonly WaitsFor[]): string {
  return waits
    .map(({ stack, lacks }) =>
      lacks.length === 0
        ? `${stack}, which is not deployed yet`
        : `${stack}, which has no ${lacks.join(", ")} yet`,
    )
    .join("; ");
}

/** What is read from a state and is not in it. */
export function lackedBy(outputs: JsonObject, { used }: Pick<RemoteState, "used">): string[] {
  return [...used].flatMap(([name, keys]) => {
    const output = outputs[name];
    if (output === undefined) return [name];
    return isObject(output)
      ? [...keys].filter((key) => output[key] === undefined).map((key) => `${name}["${key}"]`)
      : [];
  });
}

/** The Terraform JSON of a stack. */
export function stackJson(folder: string): JsonObject {
  const json = parseJson(fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8"));
  if (!isObject(json)) throw new TypeError(`${folder}/cdk.tf.json is not a stack`);
  return json;
}

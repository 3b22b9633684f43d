import fs from "node:fs";
import path from "node:path";
import type { Target } from "../../../config/target";
import { isObject, type Json, type JsonObject, parseJson } from "../../../plan-review/read/json";
import type { Placeholder } from "../../../plan-review/read/plan";
import { stackId, type StackName, stackNames } from "../../../stacks/state-location";
import { synthesize } from "../../../synth/synthesize";
import { CommandFailure } from "../../report-error";
import { peersDir } from "../peers";
import { runTerraform } from "../run-terraform";
import { OUT_DIR, type TargetRun } from "../target-run";
import { prepareWorkspace, stackDir, wasApplied } from "../workspaces";
import { previewOutputs } from "./placeholders";
import { previewStack, type RemoteState, remoteStates } from "./preview-stack";

/** Beside the output, so that relative paths hold, and kept between runs for the providers that init put there. */
const PREVIEW_DIR = "cdktf.out.preview";

/** A folder in which a stack can be planned, and what in it is no real value. */
export interface PreviewFolder {
  readonly cwd: string;
  readonly placeholders: readonly Placeholder[];
}

/**
 * Plans of stacks whose upstream states do not hold all that they read. Nothing is written to a state and no workspace
 * is made. Deployed stacks are planned on their own states and with real values, as far as there are any.
 */
export class PreviewRun {
  private readonly states = new Map<string, JsonObject | undefined>();

  constructor(private readonly run: TargetRun) {
    const { peers } = run.target;
    if (peers.length > 0) synthesize({ targets: peers }, peersDir(run.target));
  }

  async isDeployed(stack: StackName): Promise<boolean> {
    return (await this.deployedOutputs(this.run.target, stack)) !== undefined;
  }

  /**
   * Prepares a stack and hands its folder to `use`; afterwards the values that were put into it are removed.
   *
   * @throws CommandFailure with Terraform's own words
   */
  async with(stack: StackName, use: (folder: PreviewFolder) => Promise<void>): Promise<void> {
    const { target } = this.run;
    const source = stackDir(OUT_DIR, target, stack);
    const json = stackJson(source);
    const given = new Map<string, Readonly<Record<string, Json>>>();
    const placeholders: Placeholder[] = [];
    for (const state of remoteStates(json)) {
      const upstream = await this.upstream(state);
      if (upstream === undefined) continue;
      given.set(state.name, upstream.values);
      placeholders.push(...upstream.placeholders);
    }
    const isDeployed = await this.isDeployed(stack);
    if (isDeployed && given.size === 0) {
      await this.run.prepare(stack);
      return await use({ cwd: source, placeholders });
    }
    const cwd = stackDir(PREVIEW_DIR, target, stack);
    fs.mkdirSync(cwd, { recursive: true, mode: 0o700 });
    try {
      fs.cpSync(source, cwd, { recursive: true, filter: (file) => path.basename(file) !== ".terraform" });
      const preview = previewStack(json, given, !isDeployed);
      fs.writeFileSync(path.join(cwd, "cdk.tf.json"), JSON.stringify(preview, null, 2));
      await prepareWorkspace(PREVIEW_DIR, target, stack);
      await use({ cwd, placeholders });
    } finally {
      // Real outputs may stand in it; of what init downloads nothing is secret.
      for (const name of fs.readdirSync(cwd)) {
        if (name !== ".terraform") fs.rmSync(path.join(cwd, name), { recursive: true, force: true });
      }
    }
  }

  /** Values for a state that lacks some of what is read from it; undefined for one that has all. */
  private async upstream({ name: label, workspace, stack: name, used }: RemoteState) {
    const { target } = this.run;
    const owner = [target, ...target.peers].find((each) => each.workspace === workspace);
    const stack = stackNames.find((each) => each === name);
    if (owner === undefined || stack === undefined)
      throw new TypeError(`${workspace}/${name} is no stack of ${target.name} or of its peers`);
    const real = await this.deployedOutputs(owner, stack);
    const missing = new Set([...used].filter((each) => real?.[each] === undefined));
    if (real !== undefined && missing.size === 0) return undefined;
    const json = stackJson(stackDir(this.outDir(owner), owner, stack));
    const outputs = isObject(json.output) ? json.output : {};
    const made = previewOutputs({ target: owner, label, stack, outputs });
    return {
      values: { ...made.values, ...real },
      placeholders: made.placeholders.filter(({ output }) =>
        missing.has(output.slice(label.length + 1).replace(/\[.*/, "")),
      ),
    };
  }

  /** Outputs in a stack's state; undefined for a stack that was never applied. Changes nothing. */
  private async deployedOutputs(target: Target, stack: StackName): Promise<JsonObject | undefined> {
    const id = stackId(target, stack);
    if (!this.states.has(id)) this.states.set(id, await readState(this.outDir(target), target, stack));
    return this.states.get(id);
  }

  private outDir(target: Target): string {
    return target === this.run.target ? OUT_DIR : peersDir(this.run.target);
  }
}

async function readState(outDir: string, target: Target, stack: StackName): Promise<JsonObject | undefined> {
  const cwd = stackDir(outDir, target, stack);
  const id = stackId(target, stack);
  if (!(await wasApplied(outDir, target, stack))) return undefined;
  const shown = await runTerraform(cwd, ["output", "-json", "-no-color"], { TF_WORKSPACE: target.workspace });
  if (shown.status !== 0) throw new CommandFailure(`${id}: terraform output failed.\n${shown.stderr.trim()}`);
  const outputs = parseJson(shown.stdout);
  return Object.fromEntries(
    Object.entries(isObject(outputs) ? outputs : {}).flatMap(([name, output]) =>
      isObject(output) && output.value !== undefined ? [[name, output.value]] : [],
    ),
  );
}

function stackJson(folder: string): JsonObject {
  const json = parseJson(fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8"));
  if (!isObject(json)) throw new TypeError(`${folder}/cdk.tf.json is no stack`);
  return json;
}

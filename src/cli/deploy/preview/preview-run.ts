import fs from "node:fs";
import path from "node:path";
import { isObject, type Json, type JsonObject } from "../../../terraform-plan/json";
import type { Placeholder } from "../../../plan-review/read/plan";
import type { StackName } from "../../../model/stacks/stack-names";
import { type RemoteState, remoteStates } from "../remote-states";
import { OUT_DIR, type TargetRun } from "../target-run";
import { lackedBy, stackJson, UpstreamOutputs } from "../upstream-outputs";
import { prepareWorkspace, stackDir } from "../workspaces";
import { previewOutputs } from "./placeholders";
import { previewStack } from "./preview-stack";

/** Beside the output, so that relative paths hold, and kept between runs for the providers that init put there. */
const PREVIEW_DIR = "cdktf.out.preview";

/** A folder in which a stack can be planned, and what in it is not a real value. */
export interface PreviewFolder {
  readonly cwd: string;
  readonly placeholders: readonly Placeholder[];
}

/**
 * Plans of stacks whose upstream states do not hold all that they read. Nothing is written to a state and no workspace
 * is made. Deployed stacks are planned on their own states and with real values, as far as there are any.
 */
export class PreviewRun {
  private readonly outputs: UpstreamOutputs;

  constructor(private readonly run: TargetRun) {
    this.outputs = new UpstreamOutputs(run);
  }

  async isDeployed(stack: StackName): Promise<boolean> {
    return (await this.outputs.of(this.run.target, stack)) !== undefined;
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
  private async upstream(state: RemoteState) {
    const { name: label } = state;
    const { owner, stack } = this.outputs.ownerOf(state);
    const real = await this.outputs.of(owner, stack);
    if (real !== undefined && lackedBy(real, state).length === 0) return undefined;
    const json = stackJson(stackDir(this.outputs.outDir(owner), owner, stack));
    const outputs = isObject(json.output) ? json.output : {};
    const made = previewOutputs({ target: owner, label, stack, outputs });
    return {
      values: withReal(made.values, real ?? {}),
      placeholders: made.placeholders.filter(({ output }) => {
        const [, name = "", key] = /^([^[]+)(?:\[(.*)\])?$/.exec(output.slice(label.length + 1)) ?? [];
        const value = real?.[name];
        const isThere = isObject(value) && key !== undefined ? value[key] !== undefined : value !== undefined;
        return state.used.has(name) && !isThere;
      }),
    };
  }
}

/** What is deployed, and beside it what is not: in a map, too, which may lack the key of a zone that is new. */
function withReal(made: Readonly<Record<string, Json>>, real: JsonObject): Record<string, Json> {
  const values: Record<string, Json> = { ...made };
  for (const [name, value] of Object.entries(real)) {
    const other = made[name];
    values[name] = isObject(value) && isObject(other) ? { ...other, ...value } : value;
  }
  return values;
}

import fs from "node:fs";
import path from "node:path";
import type { Target } from "../../../model/target";
import { stateBackend, type StateLocation, stateLocation } from "../../../model/stacks/state-location";
import { CommandFailure } from "../../report-error";
import { INIT, NO_BUCKET, runTerraform } from "../run-terraform";
import { type PulledState, readPulledState } from "./pulled-state";

/** Folders with nothing in them but a backend, for the moment of one question: that needs no provider. */
const STATES_DIR = "cdktf.out.states";

/** Runs of Terraform at a time; each is a process of its own. */
const AT_ONCE = 4;

/** Whose state it is: a target of the fleet, or one of the same bucket that the fleet no longer has. */
export interface StateOf {
  readonly workspace: string;
  readonly stack: string;
}

/**
 * A state, its workspace and its bucket there or not; undefined for one that holds nothing. Makes neither.
 *
 * @param target whose bucket and role it is read by
 * @throws CommandFailure with Terraform's own words where it can't be read: that is not an empty one
 */
export async function readState(
  target: Target,
  { workspace, stack }: StateOf,
): Promise<PulledState | undefined> {
  const location = stateLocation(target.with({ workspace }), stack);
  const json = {
    terraform: { required_version: ">= 1.11", backend: { s3: terraformBackend(location) } },
  };
  fs.mkdirSync(STATES_DIR, { recursive: true });
  // One of its own: others may ask for the same state at the same time.
  const cwd = fs.mkdtempSync(path.join(STATES_DIR, `${workspace}-${stack}-`));
  try {
    fs.writeFileSync(path.join(cwd, "cdk.tf.json"), JSON.stringify(json, null, 2));
    return await pull(cwd, workspace, `${workspace}-${stack}`);
  } finally {
    fs.rmSync(cwd, { recursive: true, force: true });
  }
}

/** The backend of a state, with Terraform's names. */
export function terraformBackend(location: StateLocation): object {
  return inTerraform(stateBackend(location));
}

/** `kmsKeyId` is `kms_key_id`. */
function inTerraform(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]: [string, unknown]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof each === "object" && each !== null ? inTerraform(each) : each,
    ]),
  );
}

async function pull(cwd: string, workspace: string, id: string): Promise<PulledState | undefined> {
  const init = await runTerraform(cwd, INIT);
  if (init.status !== 0) {
    const said = (init.stderr || init.stdout).trim();
    if (NO_BUCKET.test(said)) return undefined;
    throw new CommandFailure(`${id}: its state can't be asked for.\n${said}`);
  }
  // Asked first: to name a workspace that is not there would make it.
  const listed = await runTerraform(cwd, ["workspace", "list", "-no-color"]);
  if (listed.status !== 0) {
    throw new CommandFailure(`${id}: terraform workspace list failed.\n${listed.stderr.trim()}`);
  }
  const workspaces = listed.stdout.split("\n").map((line) => line.replace(/^[* ]+/, "").trim());
  if (!workspaces.includes(workspace)) return undefined;
  const pulled = await runTerraform(cwd, ["state", "pull"], { TF_WORKSPACE: workspace });
  if (pulled.status !== 0) {
    throw new CommandFailure(`${id}: terraform state pull failed.\n${pulled.stderr.trim()}`);
  }
  const state = readPulledState(pulled.stdout);
  return state !== undefined && state.objects.length > 0 ? state : undefined;
}

/** Those of some states that hold something, in the order given. */
export async function readStates<Stack extends StateOf>(
  target: Target,
  wanted: readonly Stack[],
): Promise<(Stack & { readonly state: PulledState })[]> {
  const found: (Stack & { readonly state: PulledState })[] = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE);
    const states = await Promise.all(some.map((each) => readState(target, each)));
    some.forEach((each, index) => {
      const state = states[index];
      if (state !== undefined) found.push({ ...each, state });
    });
  }
  return found;
}

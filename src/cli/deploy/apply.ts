import fs from "node:fs";
import path from "node:path";
import { ERRORED_STATE } from "../../synth/output/errored-state";
import { CommandFailure } from "../report-error";
import { type Ended, Interrupted } from "./child";
import { say } from "../terminal";
import { runTerraform, streamTerraform } from "./run-terraform";

/** Saved plan, in the stack's folder; it holds secrets in the clear and goes with the run. */
export const PLAN_FILE = "octarine.tfplan";

export interface StackFolder {
  readonly id: string;
  readonly cwd: string;
  /** Of Terraform. Without one: that which was selected. */
  readonly workspace?: string;
}

/**
 * Plans a stack, asks, and applies just what was planned.
 *
 * @param approve resolves once the plan, which is on the terminal by then, is accepted; throws where it is not
 * @returns whether there was anything to apply
 * @throws CommandFailure where Terraform fails; it says what became of the state
 */
export async function planAndApply(
  { id, cwd, workspace }: StackFolder,
  approve: () => Promise<void>,
): Promise<boolean> {
  const plan = ["plan", "-input=false", "-detailed-exitcode", `-out=${PLAN_FILE}`];
  try {
    const planned = await streamTerraform(cwd, plan, inWorkspace(workspace));
    if (planned.status === 0 && planned.interruptedBy === undefined) return false;
    if (planned.status !== 2 || planned.interruptedBy !== undefined) throw failure(id, "plan", planned);
    await approve();
    const applied = await streamTerraform(cwd, ["apply", "-input=false", PLAN_FILE], inWorkspace(workspace));
    refuseUnlessWhole(id, cwd, "apply", applied);
    return true;
  } finally {
    fs.rmSync(path.join(cwd, PLAN_FILE), { force: true });
  }
}

/** Destroys all that a stack's state holds, and then the emptied state: a bucket's listing shows what is there. */
export async function destroyStack({ id, cwd, workspace }: StackFolder): Promise<void> {
  const ended = await streamTerraform(
    cwd,
    ["destroy", "-input=false", "-auto-approve"],
    inWorkspace(workspace),
  );
  refuseUnlessWhole(id, cwd, "destroy", ended);
  if (workspace === undefined) return;
  // Terraform refuses it for a state that holds anything, and for the workspace that it is in.
  const args = ["workspace", "delete", "-no-color", workspace];
  const removed = await runTerraform(cwd, args, inWorkspace("default"));
  if (removed.status !== 0) {
    say(`${id}: its state is empty, and could not be removed: ${(removed.stderr || removed.stdout).trim()}`);
  }
}

/**
 * Whether a stack's plan has anything to do; prints nothing.
 *
 * @throws CommandFailure where it can't be planned
 */
export async function hasChanges({ id, cwd, workspace }: StackFolder): Promise<boolean> {
  const args = ["plan", "-input=false", "-no-color", "-lock=false", "-detailed-exitcode"];
  const { status, stderr } = await runTerraform(cwd, args, inWorkspace(workspace));
  if (status !== 0 && status !== 2)
    throw new CommandFailure(`${id}: terraform plan failed.\n${stderr.trim()}`);
  return status === 2;
}

function inWorkspace(workspace: string | undefined): Record<string, string> {
  return workspace === undefined ? {} : { TF_WORKSPACE: workspace };
}

/** @throws CommandFailure that says what state a run that did not end well has left */
function refuseUnlessWhole(id: string, cwd: string, command: string, ended: Ended): void {
  if (ended.status === 0 && ended.interruptedBy === undefined) return;
  const left = stateLeft(cwd, ended);
  const error = failure(id, command, ended);
  error.message += `. ${left}`;
  throw error;
}

function stateLeft(cwd: string, { status, interruptedBy, forced }: Ended): string {
  if (fs.existsSync(path.join(cwd, ERRORED_STATE))) {
    return (
      `Its state could not be written to the bucket, and the only copy is ${path.join(cwd, ERRORED_STATE)}. Push it before` +
      ` anything else: (cd ${cwd} && terraform state push ${ERRORED_STATE} && rm ${ERRORED_STATE})`
    );
  }
  if (status === undefined || forced) {
    return (
      "Terraform was cut off: what it was making may be missing from its state, and the state may still be locked. If the" +
      " next run says so, and nobody else is at work, run terraform force-unlock with the id that it names"
    );
  }
  if (interruptedBy !== undefined) {
    return "Terraform finished what it was doing, and its state has everything that was done; run the same command to go on";
  }
  return "Its state has what was done until then; fix the cause and run the same command again";
}

function failure(id: string, command: string, { status, interruptedBy }: Ended): CommandFailure {
  if (interruptedBy !== undefined) {
    const error = new Interrupted(interruptedBy);
    error.message = `${id}: terraform ${command} was interrupted by ${interruptedBy}`;
    return error;
  }
  const exit = status === undefined ? "killed" : `exit ${status}`;
  return new CommandFailure(`${id}: terraform ${command} failed (${exit}); what it printed is above`);
}

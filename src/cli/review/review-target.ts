import fs from "node:fs";
import path from "node:path";
import type { Placeholder } from "../../plan-review/read/plan";
import type { PlanText } from "../../plan-review/read/read-plan";
import { Interrupted } from "../deploy/child";
import { runTerraform, streamTerraform } from "../deploy/run-terraform";
import { CommandFailure } from "../report-error";
import { say } from "../terminal";

const PLAN_FILE = "octarine-review.tfplan";

/**
 * Plans a stack in its prepared folder; what Terraform prints goes to standard error.
 *
 * @throws CommandFailure if Terraform fails
 */
export async function runPlan(id: string, cwd: string): Promise<void> {
  const { status, interruptedBy } = await streamTerraform(cwd, ["plan", "-input=false"]);
  if (interruptedBy !== undefined) throw new Interrupted(interruptedBy);
  if (status !== 0) throw planFailed(id, status);
}

/** A plan to review. */
export interface PlannedText {
  readonly text: PlanText;
  /** Terraform stopped at an error: a refusal of ours, or a way to AWS that is not there. The plan then has what came before. */
  readonly failure?: CommandFailure;
}

/**
 * Plans a stack in its prepared folder and gives the plan as JSON. The plan file holds secrets in the clear, so it does not
 * outlive this.
 *
 * @throws CommandFailure if Terraform fails and leaves nothing to review; what it said went to standard error
 */
export async function planAsJson(
  id: string,
  cwd: string,
  placeholders: readonly Placeholder[] = [],
): Promise<PlannedText> {
  const file = path.join(cwd, PLAN_FILE);
  // One that an earlier run left must not pass for the plan of this one.
  fs.rmSync(file, { force: true });
  try {
    const failure = await quietPlan(id, cwd);
    if (failure !== undefined && !fs.existsSync(file)) throw failure;
    const shown = await runTerraform(cwd, ["show", "-json", PLAN_FILE]);
    if (shown.status !== 0) throw new CommandFailure(`${id}: terraform show failed.\n${shown.stderr.trim()}`);
    const text = { stack: id, source: path.join(cwd, "cdk.tf.json"), text: shown.stdout, placeholders };
    return { text, ...(failure && { failure }) };
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** The review is there in place of what Terraform prints; why it stopped goes to standard error. */
async function quietPlan(id: string, cwd: string): Promise<CommandFailure | undefined> {
  const args = ["plan", "-input=false", "-no-color", `-out=${PLAN_FILE}`];
  const { status, stdout, stderr } = await runTerraform(cwd, args);
  if (status === 0) return undefined;
  say(stderr.trim() || stdout.trim());
  return planFailed(id, status);
}

function planFailed(id: string, status: number | undefined): CommandFailure {
  return new CommandFailure(
    `${id}: terraform plan failed (exit ${status ?? "killed"}); what it printed is above`,
  );
}

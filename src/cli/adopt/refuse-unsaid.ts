import { firstPlan, takesOver } from "../../adopt/first-plan";
import { unsaidCount, unsaidLines } from "../../adopt/told";
import type { Target } from "../../model/target";
import { stackId } from "../../model/stacks/state-location";
import type { StackName } from "../../model/stacks/stack-names";
import { type PlanText, readPlan } from "../../plan-review/read/read-plan";
import { PLAN_FILE, type StackFolder } from "../deploy/apply";
import { runTerraform } from "../deploy/run-terraform";
import { CommandFailure } from "../report-error";

/** What the first plan of a stack that takes something over does and nobody said, one line each; empty for every other plan. */
export function unsaidOf(target: Target, stack: StackName, text: PlanText): readonly string[] {
  const said = target.adoptions?.[stack];
  if (said === undefined) return [];
  const plan = readPlan(text);
  if (!takesOver(plan)) return [];
  const changes = firstPlan(plan, said);
  const lines = unsaidLines(changes);
  if (lines.length === 0) return [];
  return [
    `${stackId(target, stack)} takes over what exists, and its plan does ${unsaidCount(changes)} that its .adopt.yaml does not say:`,
    ...lines.map((line) => `  ${line}`),
    `  say them there, or npx octarine adopt ${target.name} ${stack} --accept`,
  ];
}

/**
 * Looks at the plan that is about to be applied.
 *
 * @throws CommandFailure where it takes over what exists and does what nobody said
 */
export async function refuseUnsaid(
  target: Target,
  stack: StackName,
  { id, cwd }: StackFolder,
): Promise<void> {
  if (target.adoptions?.[stack] === undefined) return;
  const shown = await runTerraform(cwd, ["show", "-json", PLAN_FILE]);
  if (shown.status !== 0) throw new CommandFailure(`${id}: terraform show failed.\n${shown.stderr.trim()}`);
  const lines = unsaidOf(target, stack, { stack: id, source: PLAN_FILE, text: shown.stdout });
  if (lines.length > 0) throw new CommandFailure(`${lines.join("\n")}\nnothing was changed`);
}

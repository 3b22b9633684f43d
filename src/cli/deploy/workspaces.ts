import path from "node:path";
import type { Target } from "../../model/target";
import { stackId } from "../../model/stacks/state-location";
import type { StackName } from "../../model/stacks/stack-names";
import { tellProgress } from "../progress";
import { CommandFailure } from "../report-error";
import { INIT, NO_BUCKET, runTerraform } from "./run-terraform";

/** Folder in which the Terraform JSON of a stack lies. */
export function stackDir(outDir: string, target: Target, stack: StackName): string {
  return path.join(outDir, "stacks", stackId(target, stack));
}

/**
 * Initializes a stack and makes sure that its workspace exists. `terraform init` with TF_WORKSPACE of a workspace that
 * is not there fails as soon as another one is: so first without.
 *
 * @throws CommandFailure with Terraform's own words
 */
export async function prepareWorkspace(outDir: string, target: Target, stack: StackName): Promise<void> {
  const cwd = stackDir(outDir, target, stack);
  const steps = [INIT, ["workspace", "select", "-no-color", "-or-create", target.workspace]];
  for (const args of steps) {
    tellProgress(`${stackId(target, stack)}: terraform ${args[0]}`);
    const { status, stderr, stdout } = await runTerraform(cwd, args);
    if (status !== 0) {
      const said = (stderr || stdout).trim();
      throw new CommandFailure(`${stackId(target, stack)}: terraform ${args[0]} failed.\n${said}`);
    }
  }
}

/**
 * Whether anything was applied to the stack. Asked after `prepareWorkspace`.
 *
 * @throws CommandFailure where the state can't be read
 */
export async function hasState(outDir: string, target: Target, stack: StackName): Promise<boolean> {
  const { status, stdout, stderr } = await runTerraform(stackDir(outDir, target, stack), ["state", "list"], {
    TF_WORKSPACE: target.workspace,
  });
  // A state that was never written is not a failure: Terraform exits with 1 for it. Any other failure answers nothing, and to
  // take it for "nothing there" would let a destroy go on to what this stack stands on.
  if (status !== 0 && !stderr.includes("No state file was found")) {
    throw new CommandFailure(`${stackId(target, stack)}: terraform state list failed.\n${stderr.trim()}`);
  }
  return stdout.trim() !== "";
}

/**
 * Whether anything was applied to a stack, its workspace and its bucket there or not. Makes neither.
 *
 * @throws CommandFailure where the bucket can't be asked
 */
export async function wasApplied(outDir: string, target: Target, stack: StackName): Promise<boolean> {
  const cwd = stackDir(outDir, target, stack);
  tellProgress(`${stackId(target, stack)}: asking for its state`);
  const init = await runTerraform(cwd, INIT);
  if (init.status !== 0) {
    const said = (init.stderr || init.stdout).trim();
    // An environment that was never bootstrapped has nothing.
    if (NO_BUCKET.test(said)) return false;
    throw new CommandFailure(`${stackId(target, stack)}: its state can't be asked for.\n${said}`);
  }
  const { status, stdout, stderr } = await runTerraform(cwd, ["workspace", "list", "-no-color"]);
  if (status !== 0) {
    throw new CommandFailure(`${stackId(target, stack)}: terraform workspace list failed.\n${stderr.trim()}`);
  }
  const workspaces = stdout.split("\n").map((line) => line.replace(/^[* ]+/, "").trim());
  // Asked first: to name a workspace that is not there would make it.
  return workspaces.includes(target.workspace) && (await hasState(outDir, target, stack));
}

/** A text output of an applied stack. */
export async function readOutput(
  outDir: string,
  target: Target,
  stack: StackName,
  name: string,
): Promise<string | undefined> {
  const { status, stdout } = await runTerraform(
    stackDir(outDir, target, stack),
    ["output", "-raw", "-no-color", name],
    {
      TF_WORKSPACE: target.workspace,
    },
  );
  return status === 0 && stdout !== "" ? stdout : undefined;
}

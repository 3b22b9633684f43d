import { beforeInit, offlineEnv } from "../offline/offline";
import { CommandFailure } from "../report-error";
import { type Ended, Interrupted, runChild } from "./child";

/** Terraform, or what TERRAFORM_BINARY_NAME names (`tofu`); an empty name is none, as for cdktf. */
export const terraformBinary = (): string => process.env.TERRAFORM_BINARY_NAME || "terraform";

/** No question can be answered here, so none may be asked. */
const QUIET = { TF_INPUT: "0", TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };

/** Arguments that initialize a stack's folder on the backend that its JSON names. */
export const INIT = ["init", "-input=false", "-no-color", "-reconfigure"] as const;

/** What Terraform and OpenTofu say of a backend whose bucket is not there. */
export const NO_BUCKET = /S3 bucket "?[^"\s]*"? ?does not exist|NoSuchBucket/;

export interface RunResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs Terraform in a stack's folder and collects what it says.
 *
 * @throws Interrupted where a signal ended it
 */
export async function runTerraform(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<RunResult> {
  const ended = await start(cwd, args, env, "pipe");
  if (ended.interruptedBy !== undefined) throw new Interrupted(ended.interruptedBy);
  return { status: ended.status ?? 1, stdout: ended.stdout, stderr: ended.stderr };
}

/** Runs Terraform in a stack's folder, its output passed on as it comes, and waits for its end, also after a signal. */
export async function streamTerraform(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  return await start(cwd, [...args, ...plainUnlessTerminal()], env, 2);
}

async function start(
  cwd: string,
  args: readonly string[],
  env: Record<string, string>,
  output: "pipe" | 2,
): Promise<Ended> {
  if (args[0] === "init") beforeInit(cwd);
  try {
    return await runChild(terraformBinary(), args, {
      cwd,
      env: withoutWorkspace({ ...QUIET, ...offlineEnv(cwd), ...env }),
      stdio: ["ignore", output, output],
    });
  } catch (error) {
    throw new CommandFailure(
      `${terraformBinary()} can't be run (${(error as Error).message}); install Terraform 1.11 or later, or set TERRAFORM_BINARY_NAME to the program that you have`,
    );
  }
}

/** TF_WORKSPACE of the caller would overrule the workspace of the target. */
function withoutWorkspace(extra: Record<string, string>): NodeJS.ProcessEnv {
  const { TF_WORKSPACE: _ignored, ...env } = process.env;
  return { ...env, ...extra };
}

function plainUnlessTerminal(): string[] {
  return process.stderr.isTTY && !process.env.NO_COLOR ? [] : ["-no-color"];
}

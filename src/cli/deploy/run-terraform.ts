import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { CommandFailure } from "../report-error";

/** Terraform, or what TERRAFORM_BINARY_NAME names, as cdktf does. */
export const terraformBinary = process.env.TERRAFORM_BINARY_NAME ?? "terraform";

/** No question can be answered here, so none may be asked. */
const QUIET = {
  TF_INPUT: "0",
  TF_IN_AUTOMATION: "1",
  CHECKPOINT_DISABLE: "1",
  // cdktf then prints lines in place of a screen that it draws again and again.
  CI: "1",
};

/** Arguments that initialize a stack's folder on the backend that its JSON names. */
export const INIT = ["init", "-input=false", "-no-color", "-reconfigure"] as const;

/** What Terraform and OpenTofu say of a backend whose bucket is not there. */
export const NO_BUCKET = /S3 bucket "?[^"\s]*"? ?does not exist|NoSuchBucket/;

export interface RunResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Terraform in a stack's folder and collects what it says. */
export function runTerraform(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): RunResult {
  const run = spawnSync(terraformBinary, args, {
    cwd,
    env: withoutWorkspace({ ...QUIET, ...env }),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (run.error) {
    throw new CommandFailure(
      `${terraformBinary} can't be run (${run.error.message}); install Terraform 1.11 or later`,
    );
  }
  return { status: run.status ?? 1, stdout: run.stdout, stderr: run.stderr };
}

/** Runs Terraform in a stack's folder, its output passed on as it comes, and waits for its end. */
export async function streamTerraform(cwd: string, args: readonly string[]): Promise<number> {
  const child = spawn(terraformBinary, [...args, ...plainUnlessTerminal("-no-color")], {
    cwd,
    env: withoutWorkspace(QUIET),
    stdio: ["ignore", 2, 2],
  });
  return await exitCode(child);
}

/** TF_WORKSPACE of the caller would overrule the workspace of the target. */
function withoutWorkspace(extra: Record<string, string>): NodeJS.ProcessEnv {
  const { TF_WORKSPACE: _ignored, ...env } = process.env;
  return { ...env, ...extra };
}

export interface CdktfRun {
  readonly args: readonly string[];
  readonly workspace: string;
  /** Let cdktf ask for approval on the terminal. Otherwise its input is closed. */
  readonly interactive: boolean;
}

/** Runs the cdktf CLI, its output passed on as it comes, and waits for its end. */
export async function runCdktf({ args, workspace, interactive }: CdktfRun): Promise<number> {
  const cli = createRequire(__filename).resolve("cdktf-cli/bundle/bin/cdktf");
  const child = spawn(process.execPath, [cli, ...args, ...plainUnlessTerminal("--no-color")], {
    env: { ...withoutWorkspace(interactive ? { CHECKPOINT_DISABLE: "1" } : QUIET), TF_WORKSPACE: workspace },
    stdio: [interactive ? "inherit" : "ignore", 2, 2],
  });
  return await exitCode(child);
}

function plainUnlessTerminal(option: string): string[] {
  return process.stderr.isTTY && !process.env.NO_COLOR ? [] : [option];
}

function exitCode(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}

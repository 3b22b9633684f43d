import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { withPolicyDocuments } from "./policy-documents";

type Json = Record<string, unknown>;

/** A stack of a synthesis, and the folder in which Terraform runs for it. */
export interface Stack {
  readonly name: string;
  readonly workspace: string;
}

/**
 * Copies a synthesized stack with its backend, and the states that it reads, replaced by files below `states`: what is planned is the
 * rest, as it is.
 */
export function withLocalStates(synthesized: string, to: string, states: string): void {
  const stack = JSON.parse(fs.readFileSync(path.join(synthesized, "cdk.tf.json"), "utf8")) as {
    terraform: Json & { backend: { s3: { key: string } } };
    data?: { terraform_remote_state?: Record<string, { config: { key: string }; workspace: string } & Json> };
  };
  const file = (key: string) => path.join(states, key.replaceAll("/", "-"));
  stack.terraform.backend = { local: { workspace_dir: file(stack.terraform.backend.s3.key) } } as never;
  for (const read of Object.values(stack.data?.terraform_remote_state ?? {})) {
    Object.assign(read, { backend: "local", config: { workspace_dir: file(read.config.key) } });
  }
  fs.mkdirSync(to, { recursive: true });
  fs.cpSync(synthesized, to, { recursive: true });
  fs.writeFileSync(path.join(to, "cdk.tf.json"), JSON.stringify(stack, null, 1));
}

export class TerraformFailure extends Error {}

/** What Terraform printed. @throws TerraformFailure with its own text */
function terraform(dir: string, workspace: string | undefined, ...args: string[]): string {
  const { TF_WORKSPACE: _ours, ...env } = process.env;
  const run = spawnSync(terraformBinary(), args, {
    cwd: dir,
    encoding: "utf8",
    maxBuffer: 1 << 29,
    env: { ...env, TF_IN_AUTOMATION: "1", ...(workspace !== undefined && { TF_WORKSPACE: workspace }) },
  });
  if (run.status === 0) return run.stdout;
  throw new TerraformFailure((run.stderr || run.stdout).replace(/[│╷╵]/g, " ").replace(/\s+/g, " ").trim());
}

/** Downloads what a stack needs, and makes its workspace. */
export function prepare(dir: string, workspace: string): void {
  terraform(dir, undefined, "init", "-no-color", "-input=false");
  terraform(dir, undefined, "workspace", "select", "-or-create", workspace);
}

/** Plans, and returns the plan as `terraform show -json` prints it. */
export function plan(dir: string, workspace: string): string {
  terraform(dir, workspace, "plan", "-no-color", "-input=false", "-lock=false", "-out=plan.bin");
  return withPolicyDocuments(terraform(dir, workspace, "show", "-json", "plan.bin"));
}

export function apply(dir: string, workspace: string): void {
  terraform(dir, workspace, "apply", "-no-color", "-input=false", "plan.bin");
}

import fs from "node:fs";
import path from "node:path";
import type { Environment } from "../../model/environment";
import { bootstrapStackId } from "../../stacks/bootstrap/bootstrap-stack";
import { type BootstrapState, synthesizeBootstrap } from "../../synth/synthesize-bootstrap";
import { OutputLayout } from "../../synth/output/layout";
import { lockRun } from "../../synth/output/lock";
import { CommandFailure } from "../report-error";
import { ask, commandLine, heading, say } from "../terminal";
import { planAndApply } from "./apply";
import { INIT, NO_BUCKET, type RunResult, runTerraform } from "./run-terraform";
import { positionOf } from "./target-run";

const OUT_DIR = "cdktf.out.bootstrap";

/**
 * One bootstrap of an environment. Its state belongs in the bucket that it makes: the first run keeps it in a file and
 * moves it when the bucket is there. As long as that file exists, a first run was not finished, and is taken up again.
 */
export class BootstrapRun {
  private readonly id: string;
  /** Folder of the stack's Terraform JSON, where Terraform runs. */
  private readonly dir: string;
  private readonly stateFile: string;

  constructor(private readonly environment: Environment) {
    this.id = bootstrapStackId(environment.name);
    this.dir = path.join(OUT_DIR, "stacks", this.id);
    // Not in the output folder, which anybody may delete: nothing else knows what a half-finished run made.
    this.stateFile = path.resolve(`${this.id}.tfstate`);
  }

  /** Writes the Terraform JSON and returns its folder. */
  synthesize(state: BootstrapState["kind"]): string {
    const where: BootstrapState = state === "local" ? { kind: state, file: this.stateFile } : { kind: state };
    return synthesizeBootstrap(this.environment, OUT_DIR, where);
  }

  /**
   * Plans, asks unless `approved`, and applies.
   *
   * @returns the stack's outputs
   * @throws CommandFailure with Terraform's own words above or in it
   */
  async apply(approved: boolean): Promise<Record<string, string>> {
    const { stateBucket, name } = this.environment;
    // Two at once would both find no bucket; released when this program ends.
    lockRun(new OutputLayout(OUT_DIR), name, commandLine());
    const isFirst = fs.existsSync(this.stateFile) || !(await this.bucketIsThere());
    if (isFirst) this.must("init", await runTerraform(this.synthesize("local"), INIT));
    else await this.refuseForeignBucket();

    const steps = isFirst ? 2 : 1;
    heading(`${positionOf(0, steps)} apply ${this.id}`);
    if (isFirst)
      say(`${stateBucket} does not exist yet; until then the state is in ${path.basename(this.stateFile)}`);
    await planAndApply(
      { id: this.id, cwd: this.dir },
      approved ? () => Promise.resolve() : () => confirm(this.environment),
    );
    if (isFirst) {
      heading(`${positionOf(1, steps)} move the state of ${this.id} to ${stateBucket}`);
      await this.moveState();
    }
    return await this.outputs();
  }

  /** Initializes on the bucket, which also says whether there is one. */
  private async bucketIsThere(): Promise<boolean> {
    const result = await runTerraform(this.synthesize("bucket"), INIT);
    if (result.status !== 0 && NO_BUCKET.test(result.stderr + result.stdout)) return false;
    this.must("init", result);
    return true;
  }

  private async refuseForeignBucket(): Promise<void> {
    if ((await this.resources()).length > 0) return;
    throw new CommandFailure(
      `${this.environment.stateBucket} exists, but holds no bootstrap state. If a first run stopped half-way on another` +
        ` machine, bring its ${path.basename(this.stateFile)} here; a bucket of your own has to be imported` +
        " (docs/bootstrap.md)",
    );
  }

  private async moveState(): Promise<void> {
    const init = ["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"];
    this.must("init -migrate-state", await runTerraform(this.synthesize("bucket"), init));
    if ((await this.resources()).length === 0) {
      throw new CommandFailure(
        `${this.id}: the state did not arrive in the bucket; ${this.stateFile} still has it`,
      );
    }
    for (const file of [this.stateFile, `${this.stateFile}.backup`]) fs.rmSync(file, { force: true });
  }

  private async resources(): Promise<string[]> {
    const result = await runTerraform(this.dir, ["state", "list", "-no-color"]);
    // A state that was never written is not a failure: Terraform exits with 1 for it.
    if (!result.stderr.includes("No state file was found")) this.must("state list", result);
    return result.stdout.split("\n").filter(Boolean);
  }

  private async outputs(): Promise<Record<string, string>> {
    const result = await runTerraform(this.dir, ["output", "-json", "-no-color"]);
    this.must("output", result);
    const outputs = JSON.parse(result.stdout) as Record<string, { readonly value: string }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private must(step: string, { status, stderr, stdout }: RunResult): void {
    if (status === 0) return;
    throw new CommandFailure(`${this.id}: terraform ${step} failed.\n${(stderr || stdout).trim()}`);
  }
}

async function confirm({ name, account }: Environment): Promise<void> {
  const typed = await ask(`This changes account ${account.id} of ${name}. Type yes to go on: `);
  if (typed !== "yes") throw new CommandFailure("not approved; nothing was changed");
}

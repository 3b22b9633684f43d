import fs from "node:fs";
import path from "node:path";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { type Finished, type OfflineTerraform, root, run, type SignalAt } from "./offline-terraform";

export const BUCKET = "octarine-state-test-111111111111";

/** Files of the folder of targets: one environment with two targets. */
export const targetFiles = (): Readonly<Record<string, string>> => ({
  "envs/test/environment.yaml": ENVIRONMENT,
  "envs/test/us-east-1.yaml": target("10.0.0.0/16", "us-east-1"),
  "envs/test/eu-west-1.yaml": target("10.1.0.0/16", "eu-west-1"),
});

const ENVIRONMENT = `
release: "2026.11"
account: { id: "111111111111" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
network: { endpoints: { set: gateway-only } }
cni: { kind: cilium-eni }
nodes: { main: { instanceTypes: [m7i.large], size: { min: 2, max: 6 } } }
`;
const target = (vpcCidr: string, region: string) =>
  `network: { vpcCidr: ${vpcCidr}, zones: [${region}a, ${region}b] }\n`;

/** A project folder with two targets of one environment, a state bucket, and the commands that run in it. */
export class Project {
  readonly dir: string;

  constructor(
    private readonly terraform: OfflineTerraform,
    private readonly awsEnv: Record<string, string>,
    name = "project",
  ) {
    this.dir = path.join(terraform.dir, name);
    fs.mkdirSync(path.join(this.dir, "envs", "test"), { recursive: true });
    for (const [file, text] of Object.entries(targetFiles()))
      fs.writeFileSync(path.join(this.dir, file), text);
    const app = `node ${path.join(root, "bin", "synth.mjs")}`;
    const config = {
      language: "typescript",
      app,
      projectId: "test",
      sendCrashReports: "false",
      output: "cdktf.out",
    };
    fs.writeFileSync(path.join(this.dir, "cdktf.json"), JSON.stringify(config));
  }

  octarine(...args: string[]): Promise<Finished> {
    return run(process.execPath, [path.join(root, "bin", "octarine.mjs"), ...args], this.dir, this.env());
  }

  /** The same, with a signal to octarine alone as soon as it has printed a text. */
  interrupted(at: SignalAt, ...args: string[]): Promise<Finished> {
    const octarine = [path.join(root, "bin", "octarine.mjs"), ...args];
    return run(process.execPath, octarine, this.dir, this.env(), at);
  }

  /** A script of a CI's job, as its runners call bash. */
  script(text: string, variables: Readonly<Record<string, string>>): Promise<Finished> {
    return run("bash", ["-eo", "pipefail", "-c", text], this.dir, { ...this.env(), ...variables });
  }

  inStack(stack: string, workspace: string | undefined, ...args: string[]): Promise<Finished> {
    const cwd = path.join(this.dir, "cdktf.out", "stacks", stack);
    return run(terraformBinary(), args, cwd, {
      ...this.env(),
      ...(workspace && { TF_WORKSPACE: workspace }),
    });
  }

  private env(): Record<string, string> {
    return { ...this.terraform.env, ...this.awsEnv };
  }
}

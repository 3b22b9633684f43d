import fs from "node:fs";
import path from "node:path";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { AwsEmulator } from "../support/aws-emulator";
import { type Finished, OfflineTerraform, root, run, terraformTest } from "../support/offline-terraform";

const BUCKET = "octarine-state-test-111111111111";
const STATE = "octarine/bootstrap.tfstate";

const ENVIRONMENT = `
release: "2026.11"
account:
  id: "111111111111"
  ci: { kind: github, subjects: ["repo:acme/platform:environment:test"] }
state: { region: us-east-1 }
runner: { reach: in-vpc }
network: { vpcCidr: 10.0.0.0/16, zones: [us-east-1a, us-east-1b] }
cni: { kind: cilium-eni }
nodes: { main: { instanceTypes: [m7i.large], size: { min: 2, max: 6 } } }
`;

/** A project folder with one environment that was never bootstrapped. */
class Project {
  readonly dir: string;
  readonly stateFile: string;

  constructor(
    private readonly terraform: OfflineTerraform,
    private readonly awsEnv: Record<string, string>,
  ) {
    this.dir = fs.mkdtempSync(path.join(terraform.dir, "project-"));
    this.stateFile = path.join(this.dir, "test-bootstrap.tfstate");
    const envs = path.join(this.dir, "envs", "test");
    fs.mkdirSync(envs, { recursive: true });
    fs.writeFileSync(path.join(envs, "environment.yaml"), ENVIRONMENT);
    fs.writeFileSync(path.join(envs, "us-east-1.yaml"), "{}\n");
  }

  bootstrap(...args: string[]): Promise<Finished> {
    const command = [path.join(root, "bin", "octarine.mjs"), "bootstrap", "test", ...args];
    return run(process.execPath, command, this.dir, this.env());
  }

  terraformInStack(...args: string[]): Promise<Finished> {
    const cwd = path.join(this.dir, "cdktf.out.bootstrap", "stacks", "test-bootstrap");
    return run(terraformBinary(), [...args, "-no-color"], cwd, this.env());
  }

  /** Terraform has made the bucket, as far as its state says. */
  madeBucket(): boolean {
    return (
      fs.existsSync(this.stateFile) &&
      fs.readFileSync(this.stateFile, "utf8").includes("aws_s3_bucket_policy")
    );
  }

  private env(): Record<string, string> {
    return { ...this.terraform.env, ...this.awsEnv };
  }
}

const MINUTES = 60_000;

async function withProject(body: (project: Project, aws: AwsEmulator) => Promise<void>): Promise<void> {
  const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
  try {
    await body(new Project(terraform, await aws.start()), aws);
  } finally {
    await aws.stop();
    terraform.stop();
  }
}

terraformTest(
  "a first run keeps its state in a file, then moves it to the bucket; a later run finds it there and no changes",
  () =>
    withProject(async (project, aws) => {
      aws.makeBucketWhen(BUCKET, () => project.madeBucket());

      const first = await project.bootstrap("--yes");
      expect(first.output).toContain("[1/2] apply test-bootstrap");
      expect(first.output).toContain(`[2/2] move the state of test-bootstrap to ${BUCKET}`);
      expect(first.output).toMatch(/^deploy_role_arn +arn:aws:iam::\d{12}:role\/octarine-deploy$/m);
      expect(first.output).toContain("test: bootstrapped");
      expect(first.status).toBe(0);
      expect(aws.keys(BUCKET)).toEqual([STATE]);
      const written = aws.writeHeaders.get(`${BUCKET}/${STATE}`);
      expect(written?.["x-amz-server-side-encryption-aws-kms-key-id"]).toBe(
        "arn:aws:kms:us-east-1:111111111111:alias/octarine-state-test",
      );
      // The deploy role does not exist before this.
      expect([...aws.assumedRoles]).toEqual([]);
      expect(fs.readdirSync(project.dir).sort()).toEqual(["cdktf.out.bootstrap", "envs"]);

      const again = await project.bootstrap("--yes");
      expect(again.output).toContain("[1/1] apply test-bootstrap");
      expect(again.output).toContain("No changes. Your infrastructure matches the configuration.");
      expect(again.status).toBe(0);

      await project.terraformInStack("workspace", "select", "-or-create", "other");
      const elsewhere = await project.terraformInStack("plan", "-input=false");
      expect(elsewhere.status).toBe(1);
      expect(elsewhere.output.replace(/\W+/g, " ")).toContain("it belongs in workspace default");
    }),
  5 * MINUTES,
);

terraformTest(
  "a first run that stopped before the state was moved is taken up from its file",
  () =>
    withProject(async (project, aws) => {
      let reachable = false;
      aws.makeBucketWhen(BUCKET, () => reachable);

      const stopped = await project.bootstrap("--yes");
      expect(stopped.status).toBe(1);
      expect(stopped.output).toContain("test-bootstrap: terraform init -migrate-state failed.");
      expect(project.madeBucket()).toBe(true);

      reachable = true;
      fs.rmSync(path.join(project.dir, "cdktf.out.bootstrap"), { recursive: true });
      const resumed = await project.bootstrap("--yes");
      expect(resumed.output).toContain("No changes.");
      expect(resumed.output).toContain("[2/2] move the state of test-bootstrap");
      expect(resumed.status).toBe(0);
      expect(aws.keys(BUCKET)).toEqual([STATE]);
      expect(fs.existsSync(project.stateFile)).toBe(false);
    }),
  5 * MINUTES,
);

terraformTest(
  "refuses a bucket that is there without a bootstrap state, and says what may have happened",
  () =>
    withProject(async (project, aws) => {
      const refused = await project.bootstrap("--yes");

      expect(refused.status).toBe(1);
      expect(refused.output).toContain(`${BUCKET} exists, but holds no bootstrap state.`);
      expect(refused.output).toContain("bring its test-bootstrap.tfstate here");
      expect(aws.keys(BUCKET)).toEqual([]);
    }),
  2 * MINUTES,
);

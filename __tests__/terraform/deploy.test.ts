import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { OfflineTerraform, terraformTest } from "../support/offline-terraform";

const MINUTES = 60_000;

terraformTest(
  "deploys a target, then a second one into another workspace of the same bucket, finds no changes, and destroys",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const project = new Project(terraform, await aws.start());

      const first = await project.octarine("deploy", "test/us-east-1", "--yes", "--skip-reach-check");
      expect(first.output).toContain("test/us-east-1: deployed 4 stacks");
      expect(first.status).toBe(0);
      expect(aws.keys(BUCKET)).toEqual(
        ["cluster", "cni", "network", "nodes"].map(
          (stack) => `env:/test-us-east-1/octarine/test-us-east-1/${stack}.tfstate`,
        ),
      );
      expect([...aws.assumedRoles]).toEqual(["arn:aws:iam::111111111111:role/octarine-deploy"]);
      const written = aws.writeHeaders.get(
        `${BUCKET}/env:/test-us-east-1/octarine/test-us-east-1/cni.tfstate`,
      );
      expect(written?.["x-amz-server-side-encryption-aws-kms-key-id"]).toBe(
        "arn:aws:kms:us-east-1:111111111111:alias/octarine-state-test",
      );

      await expectWrongWorkspaceToChangeNothing(project, aws);

      const second = await project.octarine("deploy", "test/eu-west-1", "--yes", "--skip-reach-check");
      expect(second.output).toContain("test/eu-west-1: deployed 4 stacks");
      expect(aws.keys(BUCKET).filter((key) => key.startsWith("env:/test-"))).toHaveLength(8);

      const again = await project.octarine("plan", "test/us-east-1", "--skip-reach-check");
      expect(again.output).toContain("test/us-east-1: planned 4 of 4 stacks");
      expect(again.output.match(/No changes\. Your infrastructure matches/g)).toHaveLength(4);

      const reviewed = await project.octarine(
        ...["plan", "test/us-east-1", "--skip-reach-check", "--review", "--fail-on", "disruption"],
      );
      expect(reviewed.output).toMatch(/^Nothing changes\.$/m);
      // In place of what Terraform prints.
      expect(reviewed.output).not.toContain("Refreshing state");
      expect(reviewed.output).toContain("4 stacks without changes");
      expect(reviewed.status).toBe(0);
      // A plan file holds secrets in the clear.
      const stacks = path.join(project.dir, "cdktf.out", "stacks");
      expect(
        fs.readdirSync(stacks, { recursive: true }).filter((file) => /tfplan$/.test(String(file))),
      ).toEqual([]);

      const gone = await project.octarine("destroy", "test/us-east-1", "--yes", "--skip-reach-check");
      expect(gone.output).toContain("test/us-east-1: destroyed 4 stacks");
      expect(aws.keys(BUCKET).filter((key) => key.startsWith("env:/test-us-east-1/"))).toEqual([]);
      expect(resources(aws, "eu-west-1", "network")).not.toEqual([]);
    } finally {
      await aws.stop();
      terraform.stop();
    }
  },
  10 * MINUTES,
);

/** Types of the resources in a stack's state. */
function resources(aws: AwsEmulator, region: string, stack: string): string[] {
  const state = aws.objects.get(`${BUCKET}/env:/test-${region}/octarine/test-${region}/${stack}.tfstate`);
  const { resources = [] } = JSON.parse(state?.toString() ?? "{}") as {
    resources?: { type: string; mode: string }[];
  };
  return resources.filter(({ mode }) => mode === "managed").map(({ type }) => type);
}

/**
 * The precondition refuses plan and apply by name. Destroy and -target do not evaluate it: those find an empty state,
 * because the key holds the target (and the real AWS provider would refuse the account besides).
 */
async function expectWrongWorkspaceToChangeNothing(project: Project, aws: AwsEmulator): Promise<void> {
  const stack = "test-us-east-1-network";
  const key = `${BUCKET}/env:/test-us-east-1/octarine/test-us-east-1/network.tfstate`;
  const before = aws.objects.get(key);
  await project.inStack(stack, undefined, "workspace", "select", "-or-create", "other");
  for (const args of [["plan"], ["apply", "-auto-approve"]]) {
    const { status, output } = await project.inStack(stack, "other", ...args, "-input=false", "-no-color");
    expect(status).toBe(1);
    expect(output.replace(/\W+/g, " ")).toContain("it belongs in workspace test us east 1");
  }
  const destroyed = await project.inStack(
    stack,
    "other",
    "destroy",
    "-input=false",
    "-no-color",
    "-auto-approve",
  );
  expect(destroyed.output).toContain("No objects need to be destroyed");
  const targeted = ["apply", "-input=false", "-no-color", "-auto-approve", "-target=module.network_vpc"];
  await project.inStack(stack, "other", ...targeted);
  expect(aws.objects.get(key)).toBe(before);
}

import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { OfflineTerraform, terraformTest } from "../support/offline-terraform";

interface Preview {
  readonly warnings: readonly string[];
  readonly stacks: readonly { readonly stack: string }[];
  readonly changes: readonly { readonly stack: string; readonly placeholders?: readonly string[] }[];
}

const jsonOf = (output: string) => JSON.parse(output.slice(output.indexOf("\n{\n"))) as Preview;
const warned = ({ warnings }: Preview, stack: string) =>
  warnings.find((line) => line.startsWith(`test-us-east-1-${stack}: planned with placeholders`)) ?? "";

terraformTest(
  "plans every stack of a new target, marks what rests on placeholders, and takes real values when there are some",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const project = new Project(terraform, await aws.start());
      const args = ["plan", "test/us-east-1", "--preview"];

      const first = await project.octarine(...args, "--review", "--format", "json");
      expect(first.output).toContain("test/us-east-1: planned 4 of 4 stacks");
      expect(first.output).toContain("network.vpc_id = vpc-preview-network-vpc-id");
      const review = jsonOf(first.output);
      expect(review.stacks.map(({ stack }) => stack)).toEqual(
        ["network", "cluster", "cni", "nodes"].map((stack) => `test-us-east-1-${stack}`),
      );
      expect(warned(review, "network")).toBe("");
      expect(warned(review, "nodes")).toContain("cluster.volumes_key_arn");
      expect(warned(review, "nodes")).toContain("network.node_subnet_ids");
      const marks = review.changes.flatMap(({ placeholders = [] }) => placeholders);
      expect(marks).toContainEqual(expect.stringMatching(/^values? \(cluster\.endpoint/));
      // A preview leaves no state, no workspace and no values behind.
      expect(aws.keys(BUCKET)).toEqual([]);
      const left = fs.readdirSync(
        path.join(project.dir, "cdktf.out.preview", "stacks", "test-us-east-1-nodes"),
      );
      expect(left.filter((name) => !name.startsWith(".terraform"))).toEqual([]);

      await project.octarine("deploy", "test/us-east-1", "network", "--yes", "--skip-reach-check");
      const second = await project.octarine(...args, "cluster", "--review", "--format", "json");
      expect(second.output).toContain("test/us-east-1: planned 1 of 1 stack");
      expect(warned(jsonOf(second.output), "cluster")).toBe("");

      const plain = await project.octarine(...args, "cni");
      expect(plain.output).toContain("cluster.endpoint = https://preview-cluster-endpoint.invalid");
      expect(plain.output).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
      expect(plain.status).toBe(0);
    } finally {
      await aws.stop();
      terraform.stop();
    }
  },
  8 * 60_000,
);

import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { OfflineTerraform, terraformTest } from "../support/offline-terraform";

const DESTROY = ["destroy", "test/us-east-1", "--yes", "--skip-reach-check"];

/** Whether anything is in a stack's state. Where octarine was killed nobody took the emptied one away. */
function holds(aws: AwsEmulator, stack: string): boolean {
  const key = `${BUCKET}/env:/test-us-east-1/octarine/test-us-east-1/${stack}.tfstate`;
  const { resources = [] } = JSON.parse(aws.objects.get(key)?.toString() ?? "{}") as {
    resources?: { mode: string }[];
  };
  return resources.some(({ mode }) => mode === "managed");
}

/** A resource that takes a while to go, beside those of a stack. */
const SLOW = {
  resource: {
    terraform_data: {
      slow: { provisioner: [{ "local-exec": { when: "destroy", command: "echo at work; exec sleep 15" } }] },
    },
  },
};

terraformTest(
  "a destroy that is interrupted in a stack, between two, or killed is gone on with by the same command",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const project = new Project(terraform, await aws.start());
      const left = () => aws.keys(BUCKET).map((key) => path.basename(key, ".tfstate"));
      const slow = (stack: string) =>
        path.join(project.dir, "cdktf.out", "stacks", `test-us-east-1-${stack}`, "slow.tf.json");
      await project.octarine("synth");
      for (const stack of ["nodes", "cluster"]) fs.writeFileSync(slow(stack), JSON.stringify(SLOW));
      const deployed = await project.octarine("deploy", "test/us-east-1", "--yes", "--skip-reach-check");
      expect(deployed.output).toContain("test/us-east-1: deployed 4 stacks");

      const within = await project.interrupted({ text: "at work", signal: "SIGINT" }, ...DESTROY);
      expect(within.output).toContain(
        "test-us-east-1-nodes: terraform destroy was interrupted by SIGINT. Terraform finished what it was doing, and its" +
          " state has everything that was done; run the same command to go on",
      );
      expect(within.status).toBe(130);
      expect(left()).toEqual(["cluster", "cni", "network", "nodes"]);

      fs.rmSync(slow("nodes"));
      const done = "[1/4] test-us-east-1-nodes done";
      const between = await project.interrupted({ text: done, signal: "SIGINT" }, ...DESTROY);
      expect(between.output).not.toContain("test-us-east-1-cni done");
      expect(between.status).not.toBe(0);
      expect(left()).toEqual(["cluster", "cni", "network"]);

      // Nobody is told then: Terraform goes on with the stack that it is at, and ends.
      const killed = await project.interrupted({ text: "at work", signal: "SIGKILL" }, ...DESTROY);
      expect(killed.output).toContain("[1/3] test-us-east-1-cni done");
      expect(killed.output).not.toContain("[3/3]");
      expect(left()).toContain("network");

      const last = await project.octarine(...DESTROY);
      expect(last.output).toMatch(/test\/us-east-1: destroyed [12] stacks?/);
      expect(last.status).toBe(0);
      expect(left().filter((stack) => holds(aws, stack))).toEqual([]);
    } finally {
      await aws.stop();
      terraform.stop();
    }
  },
  30 * 60_000,
);

import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { Project } from "../support/deploy-project";
import { OfflineTerraform, terraformTest } from "../support/offline-terraform";

const FILE = "envs/test/us-east-1.yaml";
const JOURNAL = "test-us-east-1.upgrade.json";
const OLD = `# ours
release: "2025.09" # since the beginning
cluster: { supportPolicy: extended }
network: { vpcCidr: 10.0.0.0/16, zones: [us-east-1a, us-east-1b] }
`;

/** A resource that can't be made, beside those of a stack. */
const BROKEN = {
  resource: {
    terraform_data: { broken: { provisioner: [{ "local-exec": { command: "echo no room; exit 3" } }] } },
  },
};

terraformTest(
  "an upgrade that is interrupted, and then fails in a stack, goes on where it stopped, and stops before what ends the way back",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const project = new Project(terraform, await aws.start());
      fs.writeFileSync(path.join(project.dir, FILE), OLD);
      const written = () => fs.readFileSync(path.join(project.dir, FILE), "utf8");
      const journal = () => path.join(project.dir, JOURNAL);
      const upgrade = [
        ...["upgrade", "test/us-east-1", "--to", "2026.11", "--apply", "--yes", "--skip-reach-check"],
        ...["--without-verify", "there is no cluster behind these providers"],
      ];

      const early = await project.octarine(...upgrade);
      expect(early.output).toContain(
        "test/us-east-1 is not as its config says, and an upgrade begins where it is: the plan of test-us-east-1-network changes something",
      );
      expect(early.status).toBe(1);
      expect(written()).toBe(OLD);

      expect((await project.octarine("deploy", "test/us-east-1", "--yes", "--skip-reach-check")).status).toBe(
        0,
      );
      const at = { text: "deploy test-us-east-1-cni", signal: "SIGINT" } as const;
      const interrupted = await project.interrupted(at, ...upgrade);
      expect(interrupted.output).toMatch(
        /the upgrade stopped in step \d of \d, deploy test-us-east-1-cni; not begun: deploy test-us-east-1-nodes/,
      );
      expect(interrupted.status).toBe(130);
      expect(written()).toBe(
        `${OLD.replace('"2025.09"', '"2026.11"')}versions:\n  kubernetes: { version: "1.33", reason: on the way to release 2026.11 }\n`,
      );
      expect(fs.existsSync(journal())).toBe(true);

      const nodes = path.join(project.dir, "cdktf.out", "stacks", "test-us-east-1-nodes", "broken.tf.json");
      fs.writeFileSync(nodes, JSON.stringify(BROKEN));
      const failed = await project.octarine(...upgrade);
      expect(failed.output).toContain("deploy test-us-east-1-cluster: done before");
      expect(failed.output).toContain("cilium 1.18.12 -> 1.19.6, restarts the agent of each node in turn");
      expect(failed.output).toContain("test-us-east-1-nodes: terraform apply failed (exit 1)");
      expect(failed.status).toBe(1);
      expect(fs.readFileSync(journal(), "utf8")).toContain('"at": "deploy test-us-east-1-nodes"');

      fs.rmSync(nodes);
      const resumed = await project.octarine(...upgrade);
      expect(resumed.output).toContain(
        "it stopped in the step deploy test-us-east-1-nodes: test-us-east-1-nodes: terraform apply failed",
      );
      expect(resumed.output).toContain("test/us-east-1 is at release 2026.11, Kubernetes 1.33");
      expect(resumed.output).toContain(
        "test/us-east-1 is at release 2026.11, Kubernetes 1.34, nodes and add-ons 1.33",
      );
      expect(resumed.output).toContain("--give-up-way-back lets nodes and add-ons follow to 1.34");
      expect(resumed.status).toBe(3);
      expect(written()).toContain('  nodes: { version: "1.33", reason: on the way to release 2026.11 }');
      expect(fs.existsSync(journal())).toBe(false);
    } finally {
      await aws.stop();
      terraform.stop();
    }
  },
  20 * 60_000,
);

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { OfflineTerraform, terraformTest } from "../support/offline-terraform";

const MINUTES = 60_000;
const SKIP = "--skip-reach-check";

terraformTest(
  "a layer that is taken out of the config is told, destroyed in its turn, and leaves nothing; so does a target without a file",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const project = new Project(terraform, await aws.start());
      const file = path.join(project.dir, "envs", "test", "us-east-1.yaml");
      const without = fs.readFileSync(file, "utf8");
      fs.writeFileSync(file, `${without}backup: {}\nmetricsServer: {}\n`);
      commit(project.dir, "with both");
      for (const target of [["test/us-east-1"], ["test/eu-west-1", "network"]])
        expect((await project.octarine("deploy", ...target, "--yes", SKIP)).status).toBe(0);
      expect(states(aws)).toHaveLength(7);

      // In the config a layer waits for those that come after it.
      const early = await project.octarine("destroy", "test/us-east-1", "autoscaling", "--yes", SKIP);
      expect(early.output).toContain(
        "destroy them first, in this order: npx octarine destroy test/us-east-1 backup",
      );
      expect(early.status).toBe(1);

      fs.writeFileSync(file, without);
      fs.rmSync(path.join(project.dir, "envs", "test", "eu-west-1.yaml"));
      const review = await project.octarine("plan", "test/us-east-1", "network", "--review", SKIP);
      const told = review.output.replace(/\s+/g, " ");
      expect(told).toMatch(
        /The backup layer of test\/us-east-1 is no longer in the config; its state holds \d+ res/,
      );
      expect(told).toContain("npx octarine destroy test/us-east-1 autoscaling removes it.");
      const config =
        /octarine destroy test\/eu-west-1 --config-at (\w{10}) removes it\. Nothing else changes\./.exec(
          told,
        );
      expect(config).not.toBeNull();

      for (const stack of ["backup", "autoscaling"]) {
        const gone = await project.octarine("destroy", "test/us-east-1", stack, "--yes", SKIP);
        expect(gone.output).toMatch(/Destroy complete! Resources: \d+ destroyed/);
        expect(gone.status).toBe(0);
      }
      const lost = await project.octarine("destroy", "test/eu-west-1", "--yes", SKIP);
      expect(lost.output).toContain(`the last commit with its file is ${config?.[1]}`);
      const found = ["--config-at", config?.[1] ?? ""];
      const other = await project.octarine("destroy", "test/eu-west-1", ...found, "--yes", SKIP);
      expect(other.output).toContain("test/eu-west-1: destroyed 1 stack");
      expect(states(aws)).toEqual(
        ["cluster", "cni", "network", "nodes"].map((stack) => `octarine/test-us-east-1/${stack}.tfstate`),
      );

      const left = await project.octarine("list", "--left");
      expect(left.output).toContain(
        "Nothing is left behind: no state of 1 target holds what the config no longer has.",
      );
      expect(left.status).toBe(0);
    } finally {
      await aws.stop();
      terraform.stop();
    }
  },
  10 * MINUTES,
);

/** Keys of the states, without their workspaces. */
function states(aws: AwsEmulator): string[] {
  return aws.keys(BUCKET).map((key) => key.replace(/^env:\/[^/]+\//, ""));
}

function commit(cwd: string, message: string): void {
  const git = (...args: string[]) =>
    spawnSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd });
  git("init", "-q");
  git("add", "envs");
  git("commit", "-q", "-m", message);
}

import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { OfflineTerraform, terraformTest } from "../support/offline-terraform";

const NETWORK = "env:/test-us-east-1/octarine/test-us-east-1/network.tfstate";

/** A resource that takes a minute, beside those of a stack. */
const SLOW = {
  resource: {
    terraform_data: { slow: { provisioner: [{ "local-exec": { command: "echo at work; exec sleep 60" } }] } },
  },
};

terraformTest(
  "a signal is handed to Terraform, which is waited for: no orphan, no lock, a state with all that was done",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const project = new Project(terraform, await aws.start());
      const deploy = ["deploy", "test/us-east-1", "network", "--yes", "--skip-reach-check"];
      await project.octarine("synth");
      const slow = path.join(project.dir, "cdktf.out", "stacks", "test-us-east-1-network", "slow.tf.json");
      fs.writeFileSync(slow, JSON.stringify(SLOW));

      for (const [signal, code] of [
        ["SIGTERM", 143],
        ["SIGINT", 130],
      ] as const) {
        const { status, output } = await project.interrupted({ text: "at work", signal }, ...deploy);

        expect(output).toContain("Gracefully shutting down");
        expect(output).toContain(
          `test-us-east-1-network: terraform apply was interrupted by ${signal}. Terraform finished what it was doing, and its` +
            " state has everything that was done; run the same command to go on",
        );
        expect(status).toBe(code);
        expect(programsIn(project.dir)).toEqual([]);
        expect(aws.keys(BUCKET)).toEqual([NETWORK]);
      }
      const made = aws.objects.get(`${BUCKET}/${NETWORK}`)?.toString() ?? "";
      // Terraform writes it with spaces, OpenTofu without.
      expect(JSON.stringify(JSON.parse(made))).toContain('"name":"workspace"');

      fs.rmSync(slow);
      const { status, output } = await project.octarine(...deploy);
      expect(output).toContain("test/us-east-1: deployed 1 stack");
      expect(status).toBe(0);
    } finally {
      await aws.stop();
      terraform.stop();
    }
  },
  10 * 60_000,
);

/** Programs that work in a folder; where there is no /proc to ask, none. */
function programsIn(folder: string): string[] {
  if (!fs.existsSync("/proc")) return [];
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const inFolder = fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
        return inFolder ? [fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
      } catch {
        return []; // It ended meanwhile, or is another user's.
      }
    });
}

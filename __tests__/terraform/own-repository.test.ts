import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, targetFiles } from "../support/deploy-project";
import { installedProject, type Project } from "../support/installed-package";
import { OfflineTerraform, root, run, terraformTest } from "../support/offline-terraform";

const MINUTES = 60_000;
const STACKS = ["network", "cluster", "cni", "nodes", "notices"];

/** What a repository installs beside the package, taken from the checkout: npm needs no network then. */
function addTools(project: Project): void {
  const packages = path.join(project.folder, "node_modules");
  for (const name of ["tsx", "esbuild", "get-tsconfig", "cdktf-cli"]) {
    const there = path.join(root, "node_modules", name);
    if (fs.existsSync(there)) fs.symlinkSync(there, path.join(packages, name));
  }
  for (const [name, file] of [
    ["tsx", "tsx/dist/cli.mjs"],
    ["cdktf", "cdktf-cli/bundle/bin/cdktf"],
  ] as const) {
    const link = path.join(packages, ".bin", name);
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.join("..", file), link);
  }
}

function aRepository(): Project {
  const project = installedProject();
  fs.cpSync(path.join(root, "examples", "extend"), project.folder, { recursive: true });
  project.write(targetFiles());
  addTools(project);
  return project;
}

terraformTest(
  "a repository with the packed package, a stack and a rule of its own is deployed by octarine, and a change of it by cdktf",
  async () => {
    const project = aRepository();
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const env = { ...terraform.env, ...(await aws.start()), DISABLE_VERSION_CHECK: "1", CI: "1" };
      const typed = (command: string, more: Record<string, string> = {}) =>
        run("npx", command.split(" "), project.folder, { ...env, ...more }, undefined, 15 * MINUTES);

      const deployed = await typed("octarine deploy test/us-east-1 --yes --skip-reach-check");
      expect(deployed.output).toContain("test/us-east-1: deployed 5 stacks");
      expect(aws.keys(BUCKET)).toEqual([...STACKS].sort().map(keyOf));
      expect(state(aws, "notices").outputs.queue_arn?.value).toMatch(/^arn:aws:sqs:/);

      // A change of its own code and one of the configuration, by cdktf alone: the workspaces are there.
      const file = "stacks/notices-stack.ts";
      const stack = project.read(file);
      project.write({
        [file]: stack.replace(
          "sqs_managed_sse_enabled: true",
          "sqs_managed_sse_enabled: true, fifo_queue: true",
        ),
        "envs/platform.yaml": "tags: { owner: network }\n",
      });
      // cdktf takes OpenTofu's lock file for one of other providers, and would ask a registry for their hashes.
      const changed = await typed("cdktf deploy test-us-east-1-* --auto-approve --skip-provider-lock", {
        TF_WORKSPACE: "test-us-east-1",
      });
      expect([changed.status, changed.output]).toEqual([
        0,
        expect.stringContaining("test-us-east-1-notices"),
      ]);
      const [queue] = state(aws, "notices").resources.filter(({ type }) => type === "aws_sqs_queue");
      expect(queue?.instances[0]?.attributes).toMatchObject({
        fifo_queue: true,
        tags_all: expect.objectContaining({ owner: "network" }) as object,
      });

      const again = await typed("octarine plan test/us-east-1 --skip-reach-check");
      expect(again.output.match(/No changes\. Your infrastructure matches/g)).toHaveLength(5);

      // Its own rule refuses what would be deployed, and nothing is.
      project.write({ [file]: stack.replace("sqs_managed_sse_enabled: true", "fifo_queue: true") });
      const before = aws.objects.get(`${BUCKET}/${keyOf("notices")}`);
      const refused = await typed("octarine deploy test/us-east-1 --yes --skip-reach-check");
      expect([refused.status, refused.output]).toEqual([1, expect.stringContaining("OWN-QUEUE-ENCRYPTED")]);
      expect(aws.objects.get(`${BUCKET}/${keyOf("notices")}`)).toBe(before);

      project.write({ [file]: stack });
      const gone = await typed("octarine destroy test/us-east-1 --yes --skip-reach-check");
      expect(gone.output).toContain("test/us-east-1: destroyed 5 stacks");
    } finally {
      await aws.stop();
      terraform.stop();
      fs.rmSync(path.dirname(project.folder), { recursive: true, force: true });
    }
  },
  45 * MINUTES,
);

function keyOf(stack: string): string {
  return `env:/test-us-east-1/octarine/test-us-east-1/${stack}.tfstate`;
}

interface State {
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: object }[];
  }[];
}

function state(aws: AwsEmulator, stack: string): State {
  return JSON.parse(aws.objects.get(`${BUCKET}/${keyOf(stack)}`)?.toString() ?? "{}") as State;
}

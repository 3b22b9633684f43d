import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { OfflineTerraform, terraformTest } from "../support/offline-terraform";

const MINUTES = 60_000;
const TARGET = "test/us-east-1";
const RANGE = "vpcCidr: 10.0.0.0/16";
const AB = "zones: [us-east-1a, us-east-1b]";
const CONTROL_PLANE = "controlPlaneZones: [us-east-1a, us-east-1b]";
const group = (more: string) =>
  `nodes: { main: { instanceTypes: [m7i.large], size: { min: 2, max: 6 }${more} } }`;

interface State {
  readonly resources: readonly {
    readonly module?: string;
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** A target that is changed by its file and deployed, with what its states then hold. */
class Running {
  private constructor(
    private readonly project: Project,
    private readonly aws: AwsEmulator,
  ) {}

  static async start(terraform: OfflineTerraform, aws: AwsEmulator): Promise<Running> {
    return new Running(new Project(terraform, await aws.start()), aws);
  }

  write(...lines: readonly string[]): void {
    fs.writeFileSync(path.join(this.project.dir, "envs", "test", "us-east-1.yaml"), lines.join("\n") + "\n");
  }

  async run(command: string, ...args: string[]) {
    return await this.project.octarine(command, TARGET, ...args, "--skip-reach-check");
  }

  async deploy(...lines: readonly string[]): Promise<void> {
    this.write(...lines);
    const { output, status } = await this.run("deploy", "--yes");
    if (status !== 0) throw new Error(output.slice(-3000));
  }

  state(stack: string): State {
    const key = `${BUCKET}/env:/test-us-east-1/octarine/test-us-east-1/${stack}.tfstate`;
    return JSON.parse(this.aws.objects.get(key)?.toString() ?? "{}") as State;
  }

  /** Addresses of what a stack has made. */
  made(stack: string): string[] {
    return this.state(stack)
      .resources.filter(({ mode }) => mode === "managed")
      .map(({ module, type, name }) => [module, type, name].filter(Boolean).join("."))
      .sort();
  }

  async planned(...args: string[]): Promise<string> {
    return (await this.run("plan", ...args)).output.replace(/\s+/g, " ");
  }
}

async function withRunning(use: (running: Running) => Promise<void>): Promise<void> {
  const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
  try {
    await use(await Running.start(terraform, aws));
  } finally {
    await aws.stop();
    terraform.stop();
  }
}

const STACKS = ["network", "cluster", "cni", "nodes"];
const NO_CHANGES = /No changes\. Your infrastructure matches/g;

terraformTest(
  "a zone is added, retires and goes, and leaves nothing behind",
  () =>
    withRunning(async (running) => {
      await running.deploy(`network: { ${RANGE}, ${AB} }`);
      const before = Object.fromEntries(STACKS.map((stack) => [stack, running.made(stack)]));
      const cluster = JSON.stringify(running.state("cluster").resources);

      running.write(`network: { ${RANGE}, ${AB.replace("]", ", us-east-1c]")}, ${CONTROL_PLANE} }`);
      const planned = await running.planned("--review");
      expect(planned).toContain(
        'test-us-east-1-nodes waits for test-us-east-1-network, which has no node_subnet_ids["us-east-1c"] yet',
      );
      expect(planned).toContain("test/us-east-1: planned 3 of 4 stacks");
      expect(planned).toContain("2 stacks without changes");
      expect(await running.planned("nodes", "--preview", "--review")).toContain(
        "planned with placeholders for what is not deployed yet: network.node_subnet_ids",
      );
      const early = await running.run("deploy", "nodes", "--yes");
      expect([early.status, early.output]).toEqual([
        1,
        expect.stringContaining("test-us-east-1-nodes waits for test-us-east-1-network"),
      ]);

      await running.deploy(`network: { ${RANGE}, ${AB.replace("]", ", us-east-1c]")}, ${CONTROL_PLANE} }`);
      expect(running.made("network")).toEqual(
        expect.arrayContaining([
          "aws_subnet.network_nodes-us-east-1c",
          "aws_subnet.network_public-us-east-1c",
        ]),
      );
      expect(JSON.stringify(running.state("cluster").resources)).toBe(cluster);

      await running.deploy(`network: { ${RANGE}, ${AB}, ${CONTROL_PLANE}, retiringZones: [us-east-1c] }`);
      expect(running.made("network")).toContain("aws_subnet.network_nodes-us-east-1c");

      await running.deploy(`network: { ${RANGE}, ${AB} }`);
      for (const stack of STACKS) expect([stack, running.made(stack)]).toEqual([stack, before[stack]]);
      expect((await running.planned()).match(NO_CHANGES)).toHaveLength(4);
    }),
  15 * MINUTES,
);

terraformTest(
  "another image needs another generation, and another CNI new groups; the old ones are gone then",
  () =>
    withRunning(async (running) => {
      const network = `network: { ${RANGE}, ${AB} }`;
      await running.deploy(network);

      running.write(network, group(", ami: bottlerocket"));
      const refused = await running.planned("--review");
      expect(refused).toContain("check terraform_data.main_made-of does not hold");
      expect(refused).toContain("write a higher nodes.main.generation");
      expect((await running.run("deploy", "--yes")).status).toBe(1);

      await running.deploy(network, group(", ami: bottlerocket, generation: 2"));
      expect(running.made("nodes").filter((each) => each.includes("made-of"))).toEqual([
        "terraform_data.main_made-of-main-2",
      ]);

      const migration =
        'cluster: { migration: { from: cilium-eni prefix, way: new-groups, reason: "one CNI for all: PLAT-42" } }';
      await running.deploy(
        network,
        group(", ami: bottlerocket, generation: 3"),
        "cni: { kind: vpc-cni }",
        migration,
      );
      expect(running.made("cni").filter((each) => each.includes("cilium"))).toEqual([]);
      expect(running.made("cni").join()).toContain("aws_eks_addon");

      await running.deploy(network, group(", ami: bottlerocket, generation: 3"), "cni: { kind: vpc-cni }");
      expect((await running.planned()).match(NO_CHANGES)).toHaveLength(4);
    }),
  15 * MINUTES,
);

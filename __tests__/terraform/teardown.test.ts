import fs from "node:fs";
import path from "node:path";
import { AwsAccounts, missingAccounts } from "../support/aws-accounts";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { LeftBehind } from "../support/left-behind";
import { testUnless } from "../support/missing-tools";
import { missingOfflineTerraform, OfflineTerraform } from "../support/offline-terraform";

const MINUTES = 60_000;
const TARGET = "test/us-east-1";
const OWN = "test-us-east-1";

/** What Terraform holds in AWS, held as AWS does: a stack that is destroyed takes it away, or is refused. */
function holdInStack(project: Project, stack: string, id: string, url: string): void {
  const script = path.join(__dirname, "..", "support", "leave-vpc.cjs");
  const command = `${process.execPath} ${script} \${self.input.url} \${self.input.id}`;
  const file = path.join(project.dir, "cdktf.out", "stacks", `${OWN}-${stack}`, "held.tf.json");
  const held = { input: { id, url }, provisioner: [{ "local-exec": { when: "destroy", command } }] };
  fs.writeFileSync(file, JSON.stringify({ resource: { terraform_data: { held } } }));
}

testUnless(
  missingOfflineTerraform() ?? missingAccounts(),
  "a target is destroyed with all that its controllers left, its VPC is gone, and whatever is not its own stays",
  async () => {
    const [terraform, states, aws] = [
      await OfflineTerraform.start(),
      new AwsEmulator(),
      await AwsAccounts.start(),
    ];
    try {
      const project = new Project(terraform, { ...(await states.start()), ...aws.env() });
      const account = new LeftBehind(aws);
      const other = await account.vpc("test/eu-west-1", "10.1");
      await account.leave("other-cluster", other);
      await account.byHand(OWN);
      const foreign = await account.contents();
      const own = await account.vpc(TARGET, "10.0");
      await project.octarine("synth");
      holdInStack(project, "cluster", own.nodes, aws.url);
      holdInStack(project, "network", own.vpc, aws.url);
      expect((await project.octarine("deploy", TARGET, "--yes", "--skip-reach-check")).status).toBe(0);
      const keys = keysOf(states);
      await account.leave(OWN, own);
      const byHand = await account.group("by-hand", own.vpc, {});

      const stopped = await project.octarine("destroy", TARGET, "--yes", "--skip-reach-check");
      expect(stopped.output).toContain(`${TARGET}: to go, in this order`);
      expect(stopped.output).toMatch(/\n {2}1 {2}test-us-east-1-nodes +\d+ {2}resources\n/);
      expect(stopped.output).toMatch(
        /made by its controllers, and deleted before the network: 1 instance, 1 load balancer,/,
      );
      expect(stopped.output).toContain(
        "the cluster is not drained first: the cluster test-us-east-1 of test/us-east-1 can't be looked up",
      );
      for (const key of keys) expect(stopped.output).toContain(`kept key ${key}`);
      // What a person made in the VPC is the person's to take away.
      expect(stopped.output).toContain(`cannot be deleted: ${byHand}`);
      expect(stopped.output).toContain("fix the cause and run the same command again");
      expect(stopped.status).toBe(1);
      expect(states.keys(BUCKET).map((key) => path.basename(key))).toEqual(["network.tfstate"]);
      // Volumes and snapshots, besides: nobody can make them again.
      expect((await account.contents()).filter((each) => !foreign.includes(each))).toEqual(
        expect.arrayContaining([own.vpc, own.subnet, byHand]),
      );

      await aws.query("ec2", "DeleteSecurityGroup", { GroupId: byHand });
      const gone = await project.octarine("destroy", TARGET, "--yes", "--skip-reach-check", "--with-data");
      expect([gone.status, gone.output]).toEqual([
        0,
        expect.stringContaining(`${TARGET}: destroyed 1 stack`),
      ]);
      expect(await account.contents()).toEqual(foreign);
      expect(states.keys(BUCKET)).toEqual([]);

      const swept = await project.octarine("sweep", TARGET);
      expect([swept.status, swept.output]).toEqual([
        0,
        expect.stringContaining("its controllers left nothing"),
      ]);
    } finally {
      aws.stop();
      await states.stop();
      terraform.stop();
    }
  },
  30 * MINUTES,
);

/** ARNs of the keys that Terraform has made. */
function keysOf(states: AwsEmulator): string[] {
  return states.keys(BUCKET).flatMap((key) => {
    const text = states.objects.get(`${BUCKET}/${key}`)?.toString() ?? "{}";
    const { resources = [] } = JSON.parse(text) as {
      resources?: { type: string; instances: { attributes: { arn: string } }[] }[];
    };
    return resources
      .filter(({ type }) => type === "aws_kms_key")
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.arn));
  });
}

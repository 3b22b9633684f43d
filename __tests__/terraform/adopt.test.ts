import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { AwsEmulator } from "../support/aws-emulator";
import { Project } from "../support/deploy-project";
import { importingMirror, missingGo, vpcModule } from "../support/importing-terraform";
import { OfflineTerraform, root, terraformTest } from "../support/offline-terraform";

interface Instance {
  readonly index_key?: string | number;
  readonly attributes: Readonly<Record<string, unknown>>;
}
interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly Instance[];
  }[];
}

/** Import ids as the provider's pages have them, written out once more. */
const IDS: Readonly<Record<string, (a: Readonly<Record<string, unknown>>) => string>> = {
  aws_route: (a) => `${String(a.route_table_id)}_${String(a.destination_cidr_block)}`,
  aws_route_table_association: (a) => `${String(a.subnet_id)}/${String(a.route_table_id)}`,
  aws_default_route_table: (a) => String(a.vpc_id),
  aws_ec2_subnet_cidr_reservation: (a) => `${String(a.subnet_id)}:${String(a.id)}`,
  aws_cloudwatch_log_resource_policy: (a) => String(a.policy_name),
  aws_iam_role: (a) => String(a.name),
  aws_iam_role_policy: (a) => `${String(a.role)}:${String(a.name)}`,
  aws_cloudwatch_log_group: (a) => String(a.name),
  aws_kms_alias: (a) => String(a.name),
  aws_kms_key: (a) => String(a.key_id),
};

/** What the old project's state has, as the account from which the provider imports; names of subnets are the old ones. */
function accountOf(state: State): Record<string, Record<string, unknown>> {
  const account: Record<string, Record<string, unknown>> = {};
  for (const { mode, type, instances } of state.resources) {
    if (mode !== "managed" || !type.startsWith("aws_")) continue;
    for (const { attributes } of instances) {
      const id = IDS[type]?.(attributes) ?? String(attributes.id);
      const tags = type === "aws_subnet" ? { tags: { Name: "old" } } : {};
      account[type] = { ...account[type], [id]: { ...attributes, ...tags } };
    }
  }
  return account;
}

const schemaFile = path.join(root, "schema/output/adopt.schema.json");
const schema = z.fromJSONSchema(
  JSON.parse(fs.readFileSync(schemaFile, "utf8")) as Parameters<typeof z.fromJSONSchema>[0],
);

/** Ids in AWS, by type. */
function idsOf(state: State): readonly string[] {
  return state.resources
    .filter(({ mode, type }) => mode === "managed" && type.startsWith("aws_"))
    .flatMap(({ type, instances }) => instances.map(({ attributes }) => `${type} ${String(attributes.id)}`))
    .sort();
}

if (missingGo() === undefined)
  terraformTest(
    "what another project made is taken over, the first plan does what was said, and the second nothing",
    async () => {
      const terraform = await OfflineTerraform.start({ mirror: importingMirror(), modules: vpcModule() });
      const [before, after] = [new AwsEmulator(), new AwsEmulator()];
      try {
        const stack = "test-us-east-1-network";
        const account = path.join(terraform.dir, "account.json");
        const old = new Project(
          terraform,
          { ...(await before.start()), OCTARINE_TEST_ACCOUNT: account },
          "old",
        );
        await old.octarine("deploy", "test/us-east-1", "network", "--yes", "--skip-reach-check");
        const pulled = await old.inStack(stack, "test-us-east-1", "state", "pull");
        const state = JSON.parse(pulled.output) as State;
        fs.writeFileSync(account, JSON.stringify(accountOf(state)));
        const stateFile = path.join(terraform.dir, "old.tfstate");
        fs.writeFileSync(stateFile, pulled.output);

        const project = new Project(
          terraform,
          { ...(await after.start()), OCTARINE_TEST_ACCOUNT: account },
          "new",
        );
        const adopt = (...more: string[]) =>
          project.octarine(
            "adopt",
            "test/us-east-1",
            "network",
            "--skip-reach-check",
            "--from",
            stateFile,
            ...more,
          );
        const file = path.join(project.dir, "envs/test/us-east-1.adopt.yaml");
        const subnets = state.resources.filter(({ type }) => type === "aws_subnet").length;

        const found = await adopt();
        expect(found.output).toContain("module.network_vpc.aws_vpc.this[0]");
        expect(found.output).toMatch(
          /aws_subnet\.network_nodes-us-east-1a +taken over, changes tags +not said: tags/,
        );
        expect(found.output).toMatch(/aws_nat_gateway\.\S+ +taken over, unchanged/);
        expect(found.output).toMatch(new RegExp(`network: \\d+ taken over, ${subnets} of them changed`));
        expect(found.output).not.toMatch(/REPLACED|DELETED|created/);
        expect(found.output).toContain("terraform state rm 'module.network_vpc.aws_vpc.this[0]'");
        expect(found.status).toBe(1);
        expect(fs.readFileSync(file, "utf8")).toMatch(
          /imports:[\s\S]*module\.network_vpc\.aws_vpc\.this\[0\]"?: vpc-/,
        );

        const deploy = () =>
          project.octarine("deploy", "test/us-east-1", "network", "--yes", "--skip-reach-check");
        const refused = await deploy();
        expect(refused.output).toContain(
          `its plan does ${subnets} changes that its .adopt.yaml does not say:`,
        );
        expect(refused.output).toContain("nothing was changed");
        expect(refused.status).not.toBe(0);

        const accepted = await adopt("--accept");
        expect(accepted.output).not.toContain("not said");
        expect(accepted.status).toBe(0);
        const asJson = await adopt("--json");
        const report: unknown = JSON.parse(asJson.output.slice(asJson.output.indexOf("{\n")));
        expect(schema.safeParse(report).error?.issues ?? []).toEqual([]);
        expect(report).toMatchObject({
          target: "test/us-east-1",
          stack: "network",
          doubts: [],
          unanswered: [],
        });
        expect(fs.readFileSync(file, "utf8")).toMatch(
          /changes:[\s\S]*aws_subnet\.network_nodes-us-east-1a"?: \[ ?tags ?\]/,
        );

        const deployed = await deploy();
        expect(deployed.output).toMatch(
          /Apply complete! Resources: \d+ imported, \d+ added, \d+ changed, 0 destroyed/,
        );
        const now = JSON.parse(
          (await project.inStack(stack, "test-us-east-1", "state", "pull")).output,
        ) as State;
        expect(idsOf(now)).toEqual(idsOf(state));

        const again = await project.octarine(
          "plan",
          "test/us-east-1",
          "network",
          "--review",
          "--fail-on",
          "routine",
          "--skip-reach-check",
        );
        expect(again.status).toBe(0);
      } finally {
        await before.stop();
        await after.stop();
        terraform.stop();
      }
    },
    8 * 60_000,
  );

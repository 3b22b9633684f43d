import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { judgeAll, planInventory, targetInventory } from "../../src/synth/guard-targets";
import { planDocument } from "../../src/terraform-plan/plan-document";

const target = loadFleet(path.join(__dirname, "../../envs")).targets.find(
  ({ name }) => name === "prod/us-east-1",
);
const whole = target && targetInventory(target);

/** What PERMISSION-DENIED says of a plan of one stack that knows nothing of a resource but its policy. */
function denied(stack: string, address: string, statements: readonly object[]): string[] {
  if (target === undefined || whole === undefined) throw new Error("no sample prod/us-east-1");
  const [, module, type = "", name = ""] = /^(module\.[\w-]+)?\.?(aws_\w+)\.([\w-]+)/.exec(address) ?? [];
  const values = {
    name: "prod-us-east-1-x",
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  };
  const resources = [{ address, mode: "managed", type, name, values }];
  const change = {
    actions: ["create"],
    before: null,
    after: values,
    after_unknown: { id: true, role: true },
  };
  const plan = planDocument(
    {
      format_version: "1.2",
      terraform_version: "1.13.0",
      planned_values: {
        root_module:
          module === undefined ? { resources } : { child_modules: [{ address: module, resources }] },
      },
      resource_changes: [{ address, mode: "managed", type, name, change }],
      configuration: { root_module: {} },
    },
    "plan.json",
  );
  const inventory = () => planInventory(target, [{ plan, stack }]);
  const [judgement] = judgeAll([{ target, inventory, grants: () => whole }], () => "2026-11-28");
  return (judgement?.findings ?? [])
    .filter(({ rule }) => rule.id === "PERMISSION-DENIED")
    .map(({ detail }) => detail);
}

test("a plan in which a module writes less than its table says is found by the calls that it denies", () => {
  const driver = (...statements: readonly object[]) =>
    denied("prod-us-east-1-nodes", "module.ebs-csi-identity_identity.aws_iam_policy.ebs_csi[0]", statements);
  const all = { Effect: "Allow", Action: ["ec2:*", "kms:*"], Resource: "*" };

  expect(driver(all)).toEqual([]);
  expect(driver(all, { Effect: "Deny", Action: "ec2:CreateVolume", Resource: "*" })).toEqual([
    expect.stringMatching(/^aws-ebs-csi-driver calls ec2:CreateVolume on .* denies it/),
  ]);
  expect(driver({ ...all, Action: "ec2:*" })).toEqual(
    expect.arrayContaining([expect.stringMatching(/^aws-ebs-csi-driver calls kms:CreateGrant /)]),
  );
});

test("an inline policy is its role's, though the plan does not know yet which role that is", () => {
  const store = (action: string) =>
    denied("prod-us-east-1-secrets", "aws_iam_role_policy.external-secrets_store-app-policy", [
      { Effect: "Allow", Action: action, Resource: "*" },
    ]);

  expect(store("secretsmanager:*")).toEqual([]);
  expect(store("secretsmanager:DescribeSecret")).toEqual([
    expect.stringMatching(/^external-secrets store app calls secretsmanager:GetSecretValue on /),
  ]);
});

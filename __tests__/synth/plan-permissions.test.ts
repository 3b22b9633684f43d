import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { judgeAll, planInventory, targetInventory } from "../../src/synth/guard-targets";
import { planDocument } from "../../src/terraform-plan/plan-document";

const target = loadFleet(path.join(__dirname, "../../envs")).targets.find(
  ({ name }) => name === "prod/us-east-1",
);
const stack = "prod-us-east-1-nodes";
const address = "module.ebs-csi-identity_identity.aws_iam_policy.ebs_csi[0]";
const whole = target && targetInventory(target);

/** What PERMISSION-DENIED says of the plan of one stack in which the driver's policy, as the module made it, is this. */
function denied(statements: readonly object[]): string[] {
  if (target === undefined || whole === undefined) throw new Error("no sample prod/us-east-1");
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const values = { name: "prod-us-east-1-ebs-csi-EBS_CSI", policy: document };
  const resource = { address, mode: "managed", type: "aws_iam_policy", name: "ebs_csi", index: 0, values };
  const module = { address: address.slice(0, address.indexOf(".aws_")), resources: [resource] };
  const plan = planDocument(
    {
      format_version: "1.2",
      terraform_version: "1.13.0",
      planned_values: {
        root_module: { child_modules: [module] },
      },
      resource_changes: [
        {
          address,
          mode: "managed",
          type: "aws_iam_policy",
          name: "ebs_csi",
          change: { actions: ["create"], before: null, after: values, after_unknown: {} },
        },
      ],
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
  const all = { Effect: "Allow", Action: ["ec2:*", "kms:*"], Resource: "*" };
  const noVolumes = { Effect: "Deny", Action: "ec2:CreateVolume", Resource: "*" };

  expect(denied([all])).toEqual([]);
  expect(denied([all, noVolumes])).toEqual([
    expect.stringMatching(/^aws-ebs-csi-driver calls ec2:CreateVolume on .* denies it/),
  ]);
  expect(denied([{ ...all, Action: "ec2:*" }])).toEqual(
    expect.arrayContaining([expect.stringMatching(/^aws-ebs-csi-driver calls kms:CreateGrant /)]),
  );
});

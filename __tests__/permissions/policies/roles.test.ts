import { evaluate } from "../../../src/guardrails/evaluate";
import { readStack } from "../../../src/guardrails/read/read-stack";
import { policyRules } from "../../../src/guardrails/rules/policies";
import { grantsOf } from "../../../src/permissions/grants/grants";
import { roleResources } from "../../../src/permissions/policies/roles";

const place = { partition: "aws", account: "111122223333", region: "us-east-1", target: "prod/us-east-1" };
const pods = {
  Effect: "Allow",
  Principal: { Service: "pods.eks.amazonaws.com" },
  Action: ["sts:AssumeRole", "sts:TagSession"],
};
const document = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((each) => ({ Effect: "Allow", ...each })),
  });
const queues = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:sqs:us-east-1:111122223333:prod-queue-${index}`);
const inline = (role: string, count: number) => ({
  name: `${role}-${count}`,
  role: `\${aws_iam_role.${role}.name}`,
  policy: document({ Action: "sqs:SendMessage", Resource: queues(count) }),
});
const karpenter = (more: object) => ({
  source: "terraform-aws-modules/eks/aws//modules/karpenter",
  cluster_name: "prod-us-east-1",
  ...more,
});

/** What the rules POLICY-* say of the roles of a stack. */
function said(stack: object): string[] {
  const resources = readStack(stack, "prod-a");
  const roles = roleResources(grantsOf(resources, place), resources, "input");
  const inventory = { resources: [...resources, ...roles], complete: true, production: true, place };
  return evaluate(inventory, policyRules).map(({ rule, address, outcome, detail }) =>
    [rule.id, address, outcome, detail].join(" | "),
  );
}

test("inline policies of a role are too long together, though each by itself is not", () => {
  const roles = { app: { name: "app", assume_role_policy: document(pods) } };
  const policies = { one: inline("app", 130), two: inline("app", 120) };

  expect(said({ resource: { aws_iam_role: roles, aws_iam_role_policy: { one: policies.one } } })).toEqual([]);
  expect(said({ resource: { aws_iam_role: roles, aws_iam_role_policy: policies } })).toEqual([
    expect.stringMatching(
      /^POLICY-SIZE \| aws_iam_role\.app \| violation \| its inline policies together has? \d+ characters, and IAM takes 10240$/,
    ),
  ]);
});

test("a policy that a registry module writes of many inputs is measured", () => {
  const call = karpenter({
    iam_policy_statements: [{ sid: "Queues", actions: ["sqs:SendMessage"], resources: queues(120) }],
  });

  expect(said({ module: { karpenter: call } })).toEqual([
    expect.stringMatching(
      /^POLICY-SIZE \| module\.karpenter\.aws_iam_role\.controller\[0\] \| violation \| its policy .*Karpenter/i,
    ),
  ]);
});

test("what may be too long by values that are known after apply is not decided", () => {
  const call = karpenter({
    iam_policy_statements: [
      {
        sid: "Queues",
        actions: ["sqs:SendMessage"],
        resources: Array.from({ length: 30 }, (_, index) => `\${aws_sqs_queue.q${index}.url}`),
      },
    ],
  });

  expect(said({ module: { karpenter: call } })).toEqual([
    expect.stringMatching(
      /^POLICY-SIZE .* \| unknown \| .* of 6144, and 30 values that are known after apply$/,
    ),
  ]);
});

test("roles that trust too many, and that have too many policies, are found", () => {
  const trusted = Array.from(
    { length: 40 },
    (_, index) => `arn:aws:iam::111122223333:role/platform/person-${index}`,
  );
  const attached = Array.from({ length: 11 }, (_, index): [string, string] => [
    `p${index}`,
    `arn:aws:iam::aws:policy/Some${index}`,
  ]);
  const found = said({
    resource: {
      aws_iam_role: {
        app: {
          name: "app",
          assume_role_policy: document({ Principal: { AWS: trusted }, Action: "sts:AssumeRole" }),
        },
      },
      aws_iam_role_policy_attachment: Object.fromEntries(
        attached.map(([key, arn]): [string, object] => [
          key,
          { role: "${aws_iam_role.app.name}", policy_arn: arn },
        ]),
      ),
    },
  });

  expect(found).toEqual([
    expect.stringContaining("POLICY-SIZE | aws_iam_role.app | violation | its trust policy has "),
    "POLICY-ATTACHED | aws_iam_role.app | violation | has 11 managed policies, and IAM attaches 10",
  ]);
});

test("statements that a caller hands to a module are judged as written ones are", () => {
  const statement = { sid: "Not-A-Sid", actions: ["ec2:CreateVolumes"], resources: ["*"] };

  expect(said({ module: { karpenter: karpenter({ iam_policy_statements: [statement] }) } })).toEqual([
    expect.stringContaining("POLICY-ACTION | module.karpenter.aws_iam_policy.controller[0]#Not-A-Sid"),
    expect.stringContaining("POLICY-SID | module.karpenter.aws_iam_policy.controller[0]#Not-A-Sid"),
  ]);
});

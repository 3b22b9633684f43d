import { readStack } from "../../../src/guardrails/read/read-stack";
import { evaluate } from "../../../src/guardrails/evaluate";
import { iamRules } from "../../../src/guardrails/rules/iam";
import { grantsOf } from "../../../src/permissions/grants/grants";
import { prove } from "../../../src/permissions/prove";

const place = { partition: "aws", account: "111122223333", region: "us-east-1", target: "dev/us-east-1" };
const policy = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
const receive = policy({ Action: "sqs:ReceiveMessage", Resource: "*" });
const trust = policy({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });

/** What becomes of a call of a role with these attributes, beside these resources. */
function verdict(role: object, resource: object = {}) {
  const json = {
    resource: {
      aws_iam_role: { orders: { name: "orders", assume_role_policy: trust, ...role } },
      aws_iam_policy: { receive: { name: "receive", policy: receive } },
      ...resource,
    },
  };
  const call = {
    action: "sqs:ReceiveMessage",
    resources: ["arn:aws:sqs:us-east-1:111122223333:orders"],
    why: "work",
    source: "a test",
    when: "run" as const,
  };
  const where = { stack: "dev-a", address: "aws_iam_role.orders" };
  const grants = grantsOf(readStack(json, "dev-a"), place);
  const proofs = prove([{ name: "orders", kind: "control-plane", where, calls: [call] }], grants);
  return proofs[0]?.calls.find((each) => each.call === call)?.verdict;
}

test("a role without any policy may do nothing", () => {
  expect(verdict({})).toMatchObject({ kind: "denied", layer: "identity" });
});

test.each([
  ["a block of its own", { inline_policy: [{ name: "own", policy: receive }] }, {}],
  ["an ARN that it names", { managed_policy_arns: ["${aws_iam_policy.receive.arn}"] }, {}],
  [
    "an attachment to several roles",
    {},
    {
      aws_iam_policy_attachment: {
        shared: {
          name: "shared",
          roles: ["${aws_iam_role.orders.name}"],
          policy_arn: "${aws_iam_policy.receive.arn}",
        },
      },
    },
  ],
])("a role may do what it is allowed by %s", (_, role, resource) => {
  expect(verdict(role, resource)).toMatchObject({ kind: "allowed" });
});

test("a block that denies denies", () => {
  const denied = policy({ Effect: "Deny", Action: "*", Resource: "*" });

  expect(
    verdict({
      inline_policy: [{ policy: denied }, { policy: receive }],
    }),
  ).toMatchObject({ kind: "denied", layer: "identity" });
});

test.each(["aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachments_exclusive"])(
  "%s takes away what it does not name, so that nobody can say what stays",
  (type) => {
    const exclusive = { [type]: { only: { role_name: "${aws_iam_role.orders.name}" } } };

    expect(verdict({ managed_policy_arns: ["${aws_iam_policy.receive.arn}"] }, exclusive)).toMatchObject({
      kind: "undecided",
      layer: "identity",
    });
  },
);

test("an administrator's policy is found where the role names it itself, and by an attachment to several", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const resources = readStack(
    {
      resource: {
        aws_iam_role: { a: { name: "a", assume_role_policy: trust, managed_policy_arns: [admin] } },
        aws_iam_policy_attachment: { b: { name: "b", roles: ["a"], policy_arn: admin } },
      },
    },
    "dev-a",
  );
  const found = evaluate({ resources, complete: true, production: false }, iamRules).filter(
    ({ rule, outcome }) => rule.id === "IAM-ADMIN-POLICY" && outcome === "violation",
  );

  expect(found.map(({ address }) => address).sort()).toEqual([
    "aws_iam_policy_attachment.b",
    "aws_iam_role.a",
  ]);
});

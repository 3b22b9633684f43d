import path from "node:path";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { readStack } from "../../../src/guardrails/read/read-stack";
import { grantsOf } from "../../../src/permissions/grants/grants";
import { exposuresOf } from "../../../src/permissions/policies/exposures";
import { exposuresOfTarget } from "../../../src/synth/guard-targets";

const ACCOUNT = "111122223333";
const place = { partition: "aws", account: ACCOUNT, region: "us-east-1", target: "prod/us-east-1" };
const allow = (statement: object) => ({ Effect: "Allow", ...statement });
const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map(allow) });
const pods = document({
  Principal: { Service: "pods.eks.amazonaws.com" },
  Action: ["sts:AssumeRole", "sts:TagSession"],
});
const role = (name: string, trust = pods) => ({ name, assume_role_policy: trust });
const policyOf = (name: string, ...statements: readonly object[]) => ({
  name: `${name}-policy`,
  role: `\${aws_iam_role.${name}.name}`,
  policy: document(...statements),
});

function found(resource: object): string[] {
  const resources = readStack({ resource }, "prod-a");
  const named = new Set(["444455556666"]);
  return exposuresOf(grantsOf(resources, place), [], named).map(
    ({ kind, address, detail }) => `${kind} ${address}: ${detail}`,
  );
}

const key = (statement: object) => ({ aws_kms_key: { volumes: { policy: document(statement) } } });
const everybody = { Sid: "Use", Principal: "*", Action: "kms:*", Resource: "*" };

test("a key that everybody may use is public, and one that conditions narrow is not", () => {
  const open = ["public aws_kms_key.volumes: the key's policy lets everybody in (Use)"];

  expect(found(key(everybody))).toEqual(open);
  expect(found(key({ ...everybody, Principal: { AWS: "*" } }))).toEqual(open);
  expect(found(key({ ...everybody, Condition: { Bool: { "aws:SecureTransport": "true" } } }))).toEqual(open);
  expect(found(key({ ...everybody, Condition: { StringLike: { "aws:PrincipalArn": "*" } } }))).toEqual(open);
  expect(
    found(key({ ...everybody, Condition: { StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } } })),
  ).toEqual(open);
  expect(found(key({ ...everybody, Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT } } }))).toEqual(
    [],
  );
  expect(found(key({ ...everybody, Effect: "Deny" }))).toEqual([]);
});

test("an account that no configuration names gets in by name, by ARN or by condition", () => {
  const other = "777788889999";
  const said = (what: string) =>
    `account aws_kms_key.volumes: the key's policy lets account ${what} in (Use), which the configuration does not name`;

  expect(found(key({ ...everybody, Principal: { AWS: other } }))).toEqual([said(other)]);
  expect(found(key({ ...everybody, Principal: { AWS: `arn:aws:iam::${other}:role/app` } }))).toEqual([
    said(other),
  ]);
  expect(
    found(
      key({ ...everybody, Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${other}:role/a` } } }),
    ),
  ).toEqual([said(other)]);
  expect(found(key({ ...everybody, Principal: { AWS: "arn:aws:iam::444455556666:root" } }))).toEqual([]);
  expect(
    found({
      aws_iam_role: { app: role("app", document({ Principal: { AWS: other }, Action: "sts:AssumeRole" })) },
    }),
  ).toEqual([
    `account aws_iam_role.app: the role's trust lets account ${other} in, which the configuration does not name`,
  ]);
});

test("a role that may write its own policies is an escalation, one that may write others' is none", () => {
  const writes = (name: string) => ({
    aws_iam_role: { app: role("app") },
    aws_iam_role_policy: {
      app: policyOf("app", { Action: "iam:PutRolePolicy", Resource: `arn:aws:iam::${ACCOUNT}:role/${name}` }),
    },
  });

  expect(found(writes("app*"))).toEqual([
    "escalation aws_iam_role.app: may change its own rights by iam:PutRolePolicy",
  ]);
  expect(found(writes("other"))).toEqual([]);
});

test("a new version of a policy of one's own is an escalation", () => {
  expect(
    found({
      aws_iam_role: { app: role("app") },
      aws_iam_policy: {
        app: {
          name: "app",
          policy: document({
            Action: "iam:CreatePolicyVersion",
            Resource: `arn:aws:iam::${ACCOUNT}:policy/app`,
          }),
        },
      },
      aws_iam_role_policy_attachment: {
        app: { role: "${aws_iam_role.app.name}", policy_arn: "${aws_iam_policy.app.arn}" },
      },
    }),
  ).toEqual(["escalation aws_iam_role.app: may change its own rights by iam:CreatePolicyVersion"]);
});

test("roles that are written and passed on, to services or to no matter which, are an escalation", () => {
  const passes = (condition: object) => ({
    aws_iam_role: { app: role("app") },
    aws_iam_role_policy: {
      app: policyOf(
        "app",
        { Action: "iam:AttachRolePolicy", Resource: `arn:aws:iam::${ACCOUNT}:role/node-*` },
        { Action: "iam:PassRole", Resource: `arn:aws:iam::${ACCOUNT}:role/node-*`, ...condition },
      ),
    },
  });
  const written = `escalation aws_iam_role.app: may write the policies of arn:aws:iam::${ACCOUNT}:role/node-* and pass it to`;

  expect(
    found(passes({ Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } } })),
  ).toEqual([`${written} ec2.amazonaws.com`]);
  expect(found(passes({}))).toEqual([`${written} any service`]);
});

test("a policy that bounds what it may attach is no escalation", () => {
  const bounded = {
    Action: "iam:AttachRolePolicy",
    Resource: `arn:aws:iam::${ACCOUNT}:role/node-*`,
    Condition: { StringEquals: { "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/boundary` } },
  };
  const passes = {
    Action: "iam:PassRole",
    Resource: `arn:aws:iam::${ACCOUNT}:role/node-*`,
    Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  };

  expect(
    found({
      aws_iam_role: { app: role("app") },
      aws_iam_role_policy: { app: policyOf("app", bounded, passes) },
    }),
  ).toEqual([]);
});

test("a chain ends in a role that writes policies", () => {
  const writer = role(
    "writer",
    document({ Principal: { AWS: "${aws_iam_role.app.arn}" }, Action: "sts:AssumeRole" }),
  );

  expect(
    found({
      aws_iam_role: { app: role("app"), writer },
      aws_iam_role_policy: {
        app: policyOf("app", { Action: "sts:AssumeRole", Resource: "${aws_iam_role.writer.arn}" }),
        writer: policyOf("writer", { Action: "iam:PutUserPolicy", Resource: "*" }),
      },
    }),
  ).toEqual(
    expect.arrayContaining([
      "escalation aws_iam_role.app: may become writer, which writes policies of roles",
    ]),
  );
});

test("in prod only the deploy role writes roles that it passes on, by design", () => {
  const targets = loadFleet(path.join(__dirname, "../../../envs")).targets;
  const target = targets.find(({ name }) => name === "prod/us-east-1");
  const exposures = target === undefined ? [] : exposuresOfTarget(target);

  expect(exposures.filter(({ byDesign }) => byDesign === undefined)).toEqual([]);
  expect(exposures.map(({ stack }) => stack)).toEqual(["prod-bootstrap"]);
  expect(exposures[0]?.detail).toMatch(
    /^may write the policies of .*role\/prod-.* and pass it to ec2\.amazonaws\.com, /,
  );
});

import type { AwsCall } from "../../../src/components/aws-call";
import { karpenterCalls } from "../../../src/components/karpenter/calls";
import { readStack } from "../../../src/guardrails/read/read-stack";
import { scpLevel } from "../../../src/permissions/evaluate/scp";
import { grantsOf } from "../../../src/permissions/grants/grants";
import type { IdentityKind } from "../../../src/permissions/identity";
import { prove } from "../../../src/permissions/prove";

const ACCOUNT = "111122223333";
const place = { partition: "aws", account: ACCOUNT, region: "eu-west-1", target: "prod/eu-west-1" };
const document = (...statements: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: statements.map((each) => ({ Effect: "Allow", Resource: "*", ...each })),
});
const trusting = (Service: string, Condition?: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        ...(Condition && { Condition }),
      },
    ],
  });
const all = JSON.stringify(document({ Action: "*" }));

interface Given {
  readonly denied?: object;
  readonly tags?: object;
  readonly trust?: string;
  readonly resource?: object;
  readonly endpoint?: object;
  readonly kind?: IdentityKind;
  readonly deploysInside?: boolean;
}

/** How the calls of a role end that may do everything, under what a test gives. */
function ends(call: Partial<AwsCall>, given: Given = {}): string[] {
  const { denied, tags, trust, resource, endpoint, kind = "controller", deploysInside = false } = given;
  const json = {
    provider: { aws: [{ default_tags: { tags: { environment: "prod" } } }] },
    resource: {
      aws_iam_role: {
        it: { name: "it", assume_role_policy: trust ?? trusting("pods.eks.amazonaws.com"), tags },
      },
      aws_iam_role_policy: { it: { name: "it", role: "${aws_iam_role.it.id}", policy: all } },
      aws_vpc_endpoint: endpoint && {
        ec2: {
          service_name: "com.amazonaws.eu-west-1.ec2",
          policy: JSON.stringify(document({ Principal: "*", Action: "*", ...endpoint })),
        },
      },
      ...resource,
    },
  };
  const identity = {
    name: "it",
    kind,
    where: { stack: "prod-a", address: "aws_iam_role.it" },
    calls: [
      { action: "ec2:DescribeVpcs", resources: ["*"], why: "test", source: "test", when: "run", ...call },
    ],
  } as const;
  const scps = denied && [
    scpLevel("root", [{ file: "scp.json", document: document({ Effect: "Deny", ...denied }) }]),
  ];
  const [proof] = prove([identity], grantsOf(readStack(json, "prod-a"), place), {
    deploysInside,
    ...(scps && { scps }),
  });
  return (proof?.calls ?? []).map(({ verdict }) => verdict.kind);
}

const last = (call: Partial<AwsCall>, given?: Given) => ends(call, given).at(-1);

test("aws:PrincipalTag is of the role's tags and its provider's, and a session's tags stand before them", () => {
  const unless = (key: string, value: string) => ({
    denied: { Action: "*", Condition: { StringNotEquals: { [`aws:PrincipalTag/${key}`]: value } } },
  });

  expect(last({}, { ...unless("team", "platform"), tags: { team: "platform" } })).toBe("allowed");
  expect(last({}, { ...unless("team", "platform"), tags: { team: "other" } })).toBe("denied");
  expect(last({}, unless("Environment", "prod"))).toBe("allowed");
  expect(last({}, { ...unless("kubernetes-namespace", "a"), tags: { "kubernetes-namespace": "a" } })).toBe(
    "undecided",
  );
});

test("a deny by the role's tag denies (IAM User Guide, aws:PrincipalTag)", () => {
  const Condition = { StringEquals: { "aws:PrincipalTag/environment": "prod" } };

  expect(last({}, { denied: { Action: "ec2:*", Condition } })).toBe("denied");
});

test("an image's ARN does not say whose account it is of, so that a deny of others' resources leaves it open", () => {
  const denied = { Action: "ec2:*", Condition: { StringNotEquals: { "aws:ResourceAccount": ACCOUNT } } };
  const run = (resource: string) => last({ action: "ec2:RunInstances", resources: [resource] }, { denied });

  expect(run("arn:aws:ec2:eu-west-1::image/ami-1")).toBe("undecided");
  expect(run(`arn:aws:ec2:eu-west-1:${ACCOUNT}:subnet/*`)).toBe("allowed");
});

test.each(["aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:SourceVpcArn"])(
  "%s may be there on the way through an endpoint, and is not without one",
  (key) => {
    const denied = { Action: "ec2:*", Condition: { StringNotEqualsIfExists: { [key]: "x" } } };
    const present = { Action: "ec2:*", Condition: { Null: { [key]: "false" } } };

    expect(last({}, { denied: present, endpoint: {} })).toBe("undecided");
    expect(last({}, { denied: present })).toBe("allowed");
    expect(last({}, { denied })).toBe("denied");
  },
);

test("the organization paths of a resource are unknown", () => {
  const Condition = { "ForAnyValue:StringLike": { "aws:ResourceOrgPaths": "o-1/*" } };

  expect(last({}, { denied: { Action: "ec2:*", Condition } })).toBe("undecided");
});

test("services with one endpoint in a partition are asked in its region", () => {
  const denied = { Action: "*", Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } };

  expect(last({ action: "shield:GetSubscriptionState" }, { denied })).toBe("denied");
  expect(last({ action: "iam:GetRole", resources: [`arn:aws:iam::${ACCOUNT}:role/a`] }, { denied })).toBe(
    "denied",
  );
  expect(last({}, { denied })).toBe("allowed");
});

test("a trust that asks for the caller's role or account admits no service, and one for Pod Identity's tags does", () => {
  const account = { StringEquals: { "aws:PrincipalAccount": ACCOUNT } };
  const source = { StringEquals: { "aws:SourceAccount": ACCOUNT } };
  const tags = (name: string) => ({ Null: { [`aws:RequestTag/${name}`]: "false" } });
  const taken = (Condition: object) =>
    ends({}, { trust: trusting("pods.eks.amazonaws.com", Condition) }).slice(0, 2);

  expect(taken(account)).toEqual(["denied", "denied"]);
  expect(taken(source)).toEqual(["undecided", "undecided"]);
  expect(taken(tags("kubernetes-namespace"))).toEqual(["allowed", "allowed"]);
  expect(taken(tags("team"))).toEqual(["denied", "denied"]);
});

test("of several queues that a call may be on, each one's deny counts", () => {
  const queue = (name: string, Action: string) => ({
    name: `jobs-${name}`,
    policy: JSON.stringify(document({ Effect: "Deny", Principal: "*", Action })),
  });
  const resource = { aws_sqs_queue: { a: queue("a", "sqs:PurgeQueue"), b: queue("b", "sqs:SendMessage") } };
  const resources = [`arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs-*`];

  expect(last({ action: "sqs:SendMessage", resources }, { resource })).toBe("undecided");
  expect(last({ action: "sqs:ReceiveMessage", resources }, { resource })).toBe("allowed");
});

test("blocks of one operator and key are one condition with the values of all, as the provider writes them", () => {
  const condition = (value: string) => ({
    test: "StringEquals",
    variable: "aws:RequestedRegion",
    values: [value],
  });
  const statement = { actions: ["ec2:*"], resources: ["*"] };
  const json = {
    module: {
      it: {
        source: "terraform-aws-modules/eks-pod-identity/aws",
        name: "it",
        use_name_prefix: false,
        attach_custom_policy: true,
        policy_statements: [{ ...statement, condition: [condition("eu-west-1"), condition("us-east-1")] }],
      },
    },
  };
  const call = {
    action: "ec2:DescribeVpcs",
    resources: ["*"],
    why: "test",
    source: "test",
    when: "run",
  } as const;
  const where = { stack: "prod-a", address: "module.it.aws_iam_role.this[0]" };
  const identity = { name: "it", kind: "controller", where, calls: [call] } as const;
  const [proof] = prove([identity], grantsOf(readStack(json, "prod-a"), place));

  expect(proof?.calls.at(-1)?.verdict.kind).toBe("allowed");
});

test.each([
  ["eu-west-1", "eu-central-1"],
  ["ap-southeast-2", "ap-south-1"],
  ["us-west-2", "us-east-1"],
])("Karpenter in %s asks for prices in %s, which a policy of regions has to take", (region, asked) => {
  const calls = karpenterCalls(
    { clusterName: "a", region, partition: "aws", accountId: ACCOUNT },
    { nodeRoleArn: "*", makesProfiles: false, keyArns: [], capacityTypes: [] },
  );

  expect(calls.find(({ action }) => action === "pricing:GetProducts")?.context).toEqual({
    "aws:RequestedRegion": [asked],
  });
});

test("a deploy from a runner in the VPC goes through its endpoints, one from elsewhere does not", () => {
  const endpoint = { Action: "ec2:CreateVolume" };

  expect(last({}, { endpoint, kind: "deploy", deploysInside: true })).toBe("denied");
  expect(last({}, { endpoint, kind: "deploy" })).toBe("allowed");
  expect(last({ action: "ec2:CreateVolume" }, { endpoint, kind: "deploy", deploysInside: true })).toBe(
    "allowed",
  );
});

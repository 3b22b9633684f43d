import type { AwsCall } from "../../src/components/aws-call";
import { readStack } from "../../src/guardrails/read/read-stack";
import { grantsOf } from "../../src/permissions/grants/grants";
import type { IdentityKind } from "../../src/permissions/identity";
import { prove } from "../../src/permissions/prove";
import { unusedOf } from "../../src/permissions/unused";
import { stoppedBy } from "../../src/permissions/words";

const ACCOUNT = "111122223333";
const place = { partition: "aws", account: ACCOUNT, region: "us-east-1", target: "prod/us-east-1" };
const policy = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((each) => ({ Effect: "Allow", ...each })),
  });
const pods = policy({
  Principal: { Service: "pods.eks.amazonaws.com" },
  Action: ["sts:AssumeRole", "sts:TagSession"],
});

/** Stacks `prod-a` and `prod-b`, of which the second reads the first. */
const stacks = {
  "prod-a": {
    resource: {
      aws_kms_key: {
        volumes: {
          policy: policy({
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
            Action: "kms:*",
            Resource: "*",
          }),
        },
        closed: {
          policy: policy({
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/other` },
            Action: "kms:*",
            Resource: "*",
          }),
        },
      },
    },
    output: {
      volumes_key_arn: { value: "${aws_kms_key.volumes.arn}" },
      closed: { value: { arn: "${aws_kms_key.closed.arn}" } },
    },
    module: {
      endpoints: {
        source: "terraform-aws-modules/vpc/aws//modules/vpc-endpoints",
        endpoints: {
          kms: {
            service_endpoint: "com.amazonaws.us-east-1.kms",
            policy: policy({ Principal: "*", Action: "kms:Describe*", Resource: "*" }),
          },
          ec2: {
            service_endpoint: "com.amazonaws.us-east-1.ec2",
            policy: policy({
              Principal: "*",
              Action: "*",
              Resource: "*",
              Condition: { StringEquals: { "aws:ResourceAccount": ACCOUNT } },
            }),
          },
        },
      },
    },
  },
  "prod-b": {
    data: { terraform_remote_state: { a: { config: { key: "octarine/prod/a.tfstate" } } } },
    module: {
      ebs: {
        source: "terraform-aws-modules/eks-pod-identity/aws",
        name: "ebs",
        use_name_prefix: false,
        attach_aws_ebs_csi_policy: true,
        aws_ebs_csi_kms_arns: [
          "${data.terraform_remote_state.a.outputs.volumes_key_arn}",
          '${data.terraform_remote_state.a.outputs.closed["arn"]}',
        ],
      },
    },
    resource: {
      aws_iam_role: {
        app: {
          name: "app",
          assume_role_policy: pods,
          permissions_boundary: "${aws_iam_policy.boundary.arn}",
        },
        whole: { name: "whole", assume_role_policy: pods },
        reader: {
          name: "reader",
          assume_role_policy: policy({
            Principal: { AWS: "${aws_iam_role.app.arn}" },
            Action: "sts:AssumeRole",
          }),
        },
      },
      aws_iam_policy: {
        all: {
          name: "all",
          policy: policy(
            { Action: "*", Resource: "*" },
            {
              Effect: "Deny",
              Action: "sqs:*",
              Resource: "*",
              Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
            },
          ),
        },
        boundary: { name: "boundary", policy: policy({ Action: ["sqs:*", "sts:*"], Resource: "*" }) },
      },
      aws_iam_role_policy: {
        app: {
          name: "app",
          role: "${aws_iam_role.app.id}",
          policy: policy({
            Action: ["sqs:SendMessage", "s3:GetObject", "sts:AssumeRole"],
            Resource: ["${aws_sqs_queue.jobs.arn}", "arn:aws:s3:::books/*", "${aws_iam_role.reader.arn}"],
          }),
        },
      },
      aws_sqs_queue: { jobs: { name: "jobs" } },
      aws_iam_role_policy_attachment: {
        elsewhere: {
          role: "${aws_iam_role.reader.name}",
          policy_arn: `arn:aws:iam::${ACCOUNT}:policy/elsewhere`,
        },
        all: { role: "${aws_iam_role.reader.name}", policy_arn: "${aws_iam_policy.all.arn}" },
        whole: { role: "${aws_iam_role.whole.name}", policy_arn: "${aws_iam_policy.all.arn}" },
      },
    },
  },
};

function proof(address: string, calls: readonly Partial<AwsCall>[], kind: IdentityKind = "controller") {
  const resources = Object.entries(stacks).flatMap(([name, json]) => readStack(json, name));
  const identity = {
    name: "it",
    kind,
    where: { stack: "prod-b", address },
    calls: calls.map((each) => ({ action: "a:B", resources: ["*"], why: "test", source: "test", ...each })),
  };
  const [found] = prove([identity], grantsOf(resources, place));
  return found;
}

const EBS = "module.ebs.aws_iam_role.this[0]";
const volumes = [`arn:aws:ec2:us-east-1:${ACCOUNT}:volume/*`];
const throughEc2 = { "kms:ViaService": ["ec2.us-east-1.amazonaws.com"] };
const tagged = { "aws:RequestTag/ebs.csi.aws.com/cluster": ["true"] };

function ends(address: string, call: Partial<AwsCall>, kind?: IdentityKind): string {
  const last = proof(address, [call], kind)?.calls.at(-1);
  return last === undefined ? "" : `${last.verdict.kind} ${stoppedBy(last)}`.trim();
}

test("a call is allowed by the policy that a registry module writes, on a key of another stack", () => {
  const resources = ["${data.terraform_remote_state.a.outputs.volumes_key_arn}"];

  expect(ends(EBS, { action: "kms:Decrypt", resources, context: throughEc2 })).toBe("allowed");
});

test("a key whose policy names somebody else stops a call, and the place is shown", () => {
  const resources = ['${data.terraform_remote_state.a.outputs.closed["arn"]}'];

  expect(ends(EBS, { action: "kms:Decrypt", resources, context: throughEc2 })).toBe(
    "denied the resource's own policy (prod-a/aws_kms_key.closed): no statement allows it",
  );
});

test("CreateVolume carries no owner, so that an endpoint's policy for the account's resources stops it", () => {
  expect(ends(EBS, { action: "ec2:CreateVolume", resources: volumes, context: tagged })).toBe(
    'denied the VPC endpoint\'s policy (prod-a/module.endpoints.aws_vpc_endpoint.this["ec2"]): no statement allows it',
  );
  expect(ends(EBS, { action: "ec2:DetachVolume", resources: volumes })).toBe("allowed");
});

test("a call of which the module's policy knows nothing is denied by the role's own policies", () => {
  expect(ends(EBS, { action: "ec2:DescribeSubnets" })).toMatch(
    /^denied its own policies \(prod-b\/module\.ebs/,
  );
});

test("a tag that the request does not carry leaves the condition false", () => {
  const context = { "ec2:CreateAction": ["RunInstances"] };

  expect(ends(EBS, { action: "ec2:CreateTags", resources: volumes, context })).toMatch(
    /^denied its own policies/,
  );
});

test("a reference and the name behind it are one queue", () => {
  expect(
    ends("aws_iam_role.app", { action: "sqs:SendMessage", resources: ["${aws_sqs_queue.jobs.arn}"] }),
  ).toBe("allowed");
  expect(
    ends("aws_iam_role.app", {
      action: "sqs:SendMessage",
      resources: [`arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`],
    }),
  ).toBe("allowed");
});

test("a boundary stops what a policy allows", () => {
  expect(ends("aws_iam_role.app", { action: "s3:GetObject", resources: ["arn:aws:s3:::books/a"] })).toBe(
    "denied its permissions boundary (prod-b/aws_iam_policy.boundary): no statement allows it",
  );
});

test("a role can be assumed by those that it trusts, and by no others", () => {
  expect(
    ends("aws_iam_role.app", { action: "sts:AssumeRole", resources: ["${aws_iam_role.reader.arn}"] }),
  ).toBe("allowed");
  expect(
    ends("aws_iam_role.app", {
      action: "sts:AssumeRole",
      resources: ["arn:aws:iam::111122223333:role/foreign"],
    }),
  ).toMatch(/^denied|^undecided/);
  const [assumed] = proof("aws_iam_role.app", [], "node")?.calls ?? [];
  expect(assumed?.verdict.kind).toBe("denied");
});

test("what no stack makes is undecided, with the reason", () => {
  expect(ends("aws_iam_role.gone", {})).toContain("undecided");
});

test("what is granted and never called is listed by policy", () => {
  const found = proof("aws_iam_role.app", [{ action: "sqs:SendMessage" }]);
  const unused = found && unusedOf(found).flatMap(({ actions }) => actions);

  expect(unused).toEqual(["s3:GetObject", "sts:AssumeRole"]);
});

test("an endpoint's policy is for calls of the network's own, and for none that a service makes for them", () => {
  const resources = ["${data.terraform_remote_state.a.outputs.volumes_key_arn}"];
  const decrypt = { action: "kms:Decrypt", resources };

  expect(ends(EBS, decrypt)).toContain("denied the VPC endpoint's policy");
  expect(ends(EBS, { ...decrypt, context: throughEc2 })).toBe("allowed");
});

test("a policy that no stack makes may deny what another one allows", () => {
  expect(
    ends("aws_iam_role.reader", { action: "s3:GetObject", resources: ["arn:aws:s3:::books/a"] }),
  ).toMatch(/^undecided its own policies .*policy\/elsewhere can't be read here$/);
});

test("a secret of another account needs its own policy to allow it, and that is in no stack", () => {
  const secret = (account: string) => [`arn:aws:secretsmanager:us-east-1:${account}:secret:a-abcdef`];
  const action = "secretsmanager:GetSecretValue";

  expect(ends("aws_iam_role.whole", { action, resources: secret(ACCOUNT) })).toBe("allowed");
  expect(ends("aws_iam_role.whole", { action, resources: secret("444455556666") })).toMatch(
    /^undecided the resource's own policy/,
  );
});

test("where a deploy calls from is not known; what runs in the network without an endpoint meets none", () => {
  const call = { action: "sqs:SendMessage", resources: ["${aws_sqs_queue.jobs.arn}"] };

  expect(ends("aws_iam_role.whole", call, "deploy")).toMatch(/^undecided .*aws:SourceVpce/);
  expect(ends("aws_iam_role.whole", call, "controller")).toMatch(/^denied its own policies/);
});

import type { Given, RuleCase } from "../support";

const policy = (...statements: readonly object[]): Given => [
  "aws_iam_policy",
  {
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: statements.map((each) => ({ Effect: "Allow", Resource: "*", ...each })),
    }),
  },
];
const call = (kind: string): Given => [
  "aws-call",
  {
    who: "karpenter",
    kind,
    action: "ec2:RunInstances",
    on: ["*"],
    why: "start nodes",
    stoppedBy: "its own policies",
  },
];
const long = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:sqs:us-east-1:111122223333:queue-${index}`);

const role = (attached: number, ...sizes: readonly object[]): Given => ["aws-role", { attached, sizes }];

const exposure = (kind: string): Given => ["aws-exposure", { kind, detail: "lets everybody in" }];

export const permissionCases: readonly RuleCase[] = [
  ["PERMISSION-DENIED", [call("denied")], [call("allowed")]],
  ["PERMISSION-UNDECIDED", [], [call("allowed")]],
  ["PERMISSION-PUBLIC", [exposure("public")], [exposure("account")]],
  ["PERMISSION-ACCOUNT", [exposure("account")], [exposure("public")]],
  ["PERMISSION-ESCALATION", [exposure("escalation")], [exposure("public")]],
  [
    "POLICY-ACTION",
    [policy({ Action: ["ec2:CreateVolumes", "ec2:DescribeVpcs"] })],
    [policy({ Action: ["ec2:CreateVolume", "EC2:describe*", "unknownservice:Do", "*"] })],
  ],
  [
    "POLICY-RESOURCE-TYPE",
    [policy({ Action: "sqs:SendMessage", Resource: "arn:aws:sns:us-east-1:111122223333:topic" })],
    [
      policy({ Action: ["sqs:SendMessage", "ec2:DescribeVpcs"] }),
      policy({ Action: "sqs:SendMessage", Resource: "arn:aws:sqs:us-east-1:111122223333:queue" }),
      policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }),
    ],
  ],
  [
    "POLICY-CONDITION-KEY",
    [
      policy({
        Action: "ec2:DescribeVpcs",
        Condition: { StringEquals: { "aws:ResourceTag/cluster": "a" } },
      }),
    ],
    [
      policy({ Action: "ec2:DeleteVolume", Condition: { StringEquals: { "aws:ResourceTag/cluster": "a" } } }),
      policy({
        Action: "ec2:DescribeVpcs",
        Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
      }),
      policy({
        Action: "ec2:DescribeVpcs",
        Condition: { StringEqualsIfExists: { "aws:ResourceTag/x": "a" } },
      }),
    ],
  ],
  [
    "POLICY-SIZE",
    [
      policy({ Action: "sqs:SendMessage", Resource: long(200) }),
      role(1, { what: "its trust policy", least: 2049, open: 0, most: 2048 }),
    ],
    [
      policy({ Action: "sqs:SendMessage", Resource: long(20) }),
      role(1, { what: "its trust policy", least: 2048, open: 0, most: 2048 }),
    ],
  ],
  ["POLICY-ATTACHED", [role(11)], [role(10)]],
  [
    "POLICY-SID",
    [
      policy({ Sid: "read-volumes", Action: "ec2:DescribeVolumes" }),
      policy({ Sid: "Same", Action: "ec2:DescribeVpcs" }, { Sid: "Same", Action: "ec2:DescribeTags" }),
    ],
    [policy({ Sid: "Read1", Action: "ec2:DescribeVpcs" }, { Action: "ec2:DescribeTags" })],
  ],
];

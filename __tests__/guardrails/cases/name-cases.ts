import type { RuleCase } from "../support";

const role = (name: string, more: object = {}): ["aws_iam_role", object] => [
  "aws_iam_role",
  { name, ...more },
];

const trust = (arn: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" }] });

export const nameCases: readonly RuleCase[] = [
  [
    "NAME-OUTSIDE-DEPLOY-ROLE",
    [role("AmazonEKS_EBS_CSI")],
    [role("prod-a"), ["aws_iam_policy", { name_prefix: "prod-a-" }]],
  ],
  [
    "NAME-TWICE",
    [role("prod-a"), role("PROD-A", { path: "/teams/" })],
    [role("prod-a"), ["aws_iam_policy", { name: "prod-a" }], ["aws_sqs_queue", { name_prefix: "q-" }]],
  ],
  [
    "VALUE-PATTERN",
    [["aws_security_group", { name: "a", description: "Peers of the cluster's mesh" }]],
    [["aws_security_group", { name: "a", description: "Peers of the mesh: tcp/443, [a]" }]],
  ],
  [
    "VALUE-LENGTH",
    [role("n".repeat(65))],
    [
      role("n".repeat(64)),
      // White space does not count in a policy.
      [
        "aws_iam_policy",
        { name: "p", policy: JSON.stringify({ Statement: [] }, null, 2) + " ".repeat(7000) },
      ],
    ],
  ],
  [
    "VALUE-ENUM",
    [["aws_cloudwatch_log_group", { name: "a", retention_in_days: 45 }]],
    [["aws_cloudwatch_log_group", { name: "a", retention_in_days: 90 }]],
  ],
  ["VALUE-RANGE", [role("a", { max_session_duration: 600 })], [role("a", { max_session_duration: 3600 })]],
  [
    "VALUE-COUNT",
    [["aws_eks_cluster", { name: "a", encryption_config: [{}, {}] }]],
    [["aws_eks_cluster", { name: "a", encryption_config: [{}] }]],
  ],
  [
    "VALUE-TAGS",
    [
      ["aws_sqs_queue", { name: "a", tags: { owner: "team (a)" } }],
      ["provider.aws", { default_tags: [{ tags: { owner: "team (a)" } }] }],
      // IAM tells these two apart no more than AWS's own keys.
      role("a", { tags: { owner: "a", Owner: "a" } }),
      ["aws_eks_cluster", { name: "a", tags: { "aws:owner": "a" } }],
    ],
    [
      ["aws_sqs_queue", { name: "a", tags: { owner: "team-a@example.com", Owner: "a" } }],
      // EC2 takes any character.
      ["aws_vpc", { tags: { owner: "team (a)" } }],
    ],
  ],
  [
    "VALUE-PRINCIPAL",
    [
      role("a", {
        assume_role_policy: trust("arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef"),
      }),
      [
        "aws_eks_access_entry",
        { principal_arn: "arn:aws:iam::111122223333:role/AWSServiceRoleForAutoScaling" },
      ],
    ],
    [
      role("a", {
        assume_role_policy: trust(
          "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef",
        ),
      }),
      role("b", { assume_role_policy: trust("arn:aws:iam::111122223333:role/deploy") }),
    ],
  ],
];

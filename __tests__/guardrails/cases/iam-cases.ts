import type { RuleCase } from "../support";

const policy = (statement: object): [string, object] => [
  "aws_iam_policy",
  { policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }) },
];
const trust = (statement: object): [string, object] => [
  "aws_iam_role",
  {
    assume_role_policy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
    }),
  },
];
const resourcePolicy = (type: string, statement: object): [string, object] => [
  type,
  {
    bucket: "b",
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...statement }] }),
  },
];
const bucket: [string, object] = ["aws_s3_bucket", { bucket: "b" }];
const block = { bucket: "b", block_public_acls: true, block_public_policy: true, ignore_public_acls: true };

export const iamCases: readonly RuleCase[] = [
  [
    "IAM-ACTION-WILDCARD",
    [policy({ Action: "ec2:*", Resource: "arn:aws:ec2:::x" })],
    [policy({ Action: ["ec2:RunInstances"], Resource: "arn:aws:ec2:::x" })],
  ],
  [
    "IAM-RESOURCE-WILDCARD",
    [policy({ Action: ["s3:GetObject", "ec2:DescribeVpcs"], Resource: "*" })],
    [
      policy({ Action: "ec2:DescribeVpcs", Resource: "*" }),
      policy({
        Action: "ec2:DeleteVolume",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/cluster": "a" } },
      }),
    ],
  ],
  [
    "IAM-PASS-ROLE",
    [policy({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/*" })],
    [policy({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/nodes" })],
  ],
  [
    "IAM-ESCALATION",
    [policy({ Action: "iam:PutRolePolicy", Resource: "*" })],
    [
      policy({
        Action: "iam:PutRolePolicy",
        Resource: "*",
        Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } },
      }),
    ],
  ],
  [
    "IAM-NOT-ACTION",
    [policy({ NotAction: "iam:*", Resource: "arn:aws:s3:::b" })],
    [policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" })],
  ],
  [
    "IAM-TRUST-WORLD",
    [trust({ Principal: { AWS: "*" } }), trust({ Principal: "*" })],
    [trust({ Principal: { Service: "ec2.amazonaws.com" } })],
  ],
  [
    "IAM-TRUST-OIDC-SUBJECT",
    [
      trust({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: "p" },
        Condition: { StringEquals: { "t:aud": "sts" } },
      }),
    ],
    [
      trust({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: "p" },
        Condition: { StringEquals: { "t:sub": "repo:acme/platform:environment:prod" } },
      }),
    ],
  ],
  [
    "IAM-TRUST-OIDC-SUBJECT",
    [
      trust({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: "p" },
        Condition: { StringLike: { "t:sub": "repo:*" } },
      }),
    ],
    [trust({ Principal: { Service: "pods.eks.amazonaws.com" } })],
  ],
  [
    "IAM-ADMIN-POLICY",
    [["aws_iam_role_policy_attachment", { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" }]],
    [
      [
        "aws_iam_role_policy_attachment",
        { policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
      ],
    ],
  ],
  [
    "IAM-NODE-CNI-POLICY",
    [
      [
        "aws_iam_role_policy_attachment",
        { role: "main-nodes", policy_arn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" },
      ],
    ],
    [
      [
        "aws_iam_role_policy_attachment",
        { role: "vpc-cni", policy_arn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" },
      ],
    ],
  ],
  ["IAM-USER", [["aws_iam_access_key", {}]], [["aws_iam_role", {}]]],

  [
    "ENC-LOG-GROUP",
    [["aws_cloudwatch_log_group", {}]],
    [["aws_cloudwatch_log_group", { kms_key_id: "${aws_kms_key.logs.arn}" }]],
  ],
  [
    "ENC-LOG-RETENTION",
    [["aws_cloudwatch_log_group", { retention_in_days: 0 }]],
    [["aws_cloudwatch_log_group", { retention_in_days: 90 }]],
  ],
  [
    "ENC-KEY-ROTATION",
    [["aws_kms_key", {}]],
    [
      ["aws_kms_key", { enable_key_rotation: true }],
      ["aws_kms_key", { customer_master_key_spec: "RSA_2048" }],
    ],
  ],
  ["ENC-KEY-DELETION", [["aws_kms_key", { deletion_window_in_days: 7 }]], [["aws_kms_key", {}]]],
  ["ENC-KEY-LOCKOUT", [["aws_kms_key", { bypass_policy_lockout_safety_check: true }]], [["aws_kms_key", {}]]],
  [
    "ENC-KEY-POLICY",
    [resourcePolicy("aws_kms_key", { Principal: { AWS: "*" } })],
    [
      resourcePolicy("aws_kms_key", { Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
      resourcePolicy("aws_kms_key", {
        Principal: "*",
        Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } },
      }),
    ],
  ],
  [
    "ENC-QUEUE",
    [["aws_sqs_queue", { sqs_managed_sse_enabled: false }]],
    [
      ["aws_sqs_queue", { sqs_managed_sse_enabled: true }],
      ["aws_sqs_queue", { kms_master_key_id: "alias/events" }],
    ],
  ],
  [
    "ENC-RESOURCE-POLICY",
    [resourcePolicy("aws_sqs_queue_policy", { Principal: "*" })],
    [resourcePolicy("aws_sqs_queue_policy", { Principal: { Service: "events.amazonaws.com" } })],
  ],
  [
    "ENC-BUCKET-PUBLIC",
    [bucket, ["aws_s3_bucket_public_access_block", block]],
    [bucket, ["aws_s3_bucket_public_access_block", { ...block, restrict_public_buckets: true }]],
  ],
  [
    "ENC-BUCKET-TLS",
    [bucket],
    [
      bucket,
      resourcePolicy("aws_s3_bucket_policy", {
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ],
  ],
  [
    "ENC-BUCKET-VERSIONS",
    [bucket],
    [bucket, ["aws_s3_bucket_versioning", { bucket: "b", versioning_configuration: { status: "Enabled" } }]],
  ],
  [
    "ENC-BUCKET-VERSIONS",
    [
      bucket,
      [
        "aws_s3_bucket_lifecycle_configuration",
        { bucket: "b", rule: [{ status: "Disabled", expiration: { days: 30 } }] },
      ],
    ],
    [
      bucket,
      [
        "aws_s3_bucket_lifecycle_configuration",
        { bucket: "b", rule: [{ status: "Enabled", expiration: { days: 30 } }] },
      ],
    ],
  ],
  [
    "ENC-BUCKET-VERSIONS",
    [
      bucket,
      [
        "aws_s3_bucket_lifecycle_configuration",
        { bucket: "b", rule: [{ status: "Enabled", expiration: { expired_object_delete_marker: true } }] },
      ],
    ],
    [
      bucket,
      [
        "aws_s3_bucket_lifecycle_configuration",
        { bucket: "b", rule: [{ status: "Enabled", expiration: [{ date: "2027-03-31T00:00:00Z" }] }] },
      ],
    ],
  ],
  ["ENC-FILE-SYSTEM", [["aws_efs_file_system", {}]], [["aws_efs_file_system", { encrypted: true }]]],
  ["STATE-FORCE-DESTROY", [["aws_s3_bucket", { force_destroy: true }]], [bucket]],
  [
    "SEC-VERSION-LITERAL",
    [["aws_secretsmanager_secret_version", { secret_string: "hunter2" }]],
    [
      ["aws_secretsmanager_secret_version", {}],
      ["aws_ssm_parameter", { type: "String", value: "x" }],
    ],
  ],
  [
    "SEC-SECRET-KEY",
    [["aws_secretsmanager_secret", {}]],
    [["aws_secretsmanager_secret", { kms_key_id: "${aws_kms_key.k.arn}" }]],
  ],
  [
    "SEC-ROTATION",
    [["aws_secretsmanager_secret_rotation", { rotation_rules: { automatically_after_days: 365 } }]],
    [["aws_secretsmanager_secret_rotation", { rotation_rules: { automatically_after_days: 30 } }]],
  ],
];

import type { RuleCase } from "../support";

const sg = (more: object): [string, object] => [
  "aws_security_group_rule",
  {
    type: "ingress",
    protocol: "tcp",
    from_port: 443,
    to_port: 443,
    cidr_blocks: ["10.0.0.0/8"],
    description: "API",
    ...more,
  },
];
const cluster = (more: object): [string, object] => ["aws_eks_cluster", more];
const endpoint = (more: object) =>
  cluster({ vpc_config: { endpoint_public_access: true, endpoint_private_access: true, ...more } });
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

export const awsCases: readonly RuleCase[] = [
  [
    "NET-SG-WORLD-INGRESS",
    [sg({ cidr_blocks: ["0.0.0.0/0"] })],
    [sg({}), sg({ type: "egress", cidr_blocks: ["0.0.0.0/0"] })],
  ],
  [
    "NET-SG-WORLD-INGRESS",
    [
      [
        "aws_security_group",
        {
          ingress: [
            { from_port: 80, to_port: 80, protocol: "tcp", cidr_blocks: [], ipv6_cidr_blocks: ["::/0"] },
          ],
        },
      ],
    ],
    [["aws_security_group", { ingress: [] }]],
  ],
  [
    "NET-SG-WORLD-INGRESS",
    [["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" }]],
    [["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "10.0.0.0/8", ip_protocol: "-1" }]],
  ],
  [
    "NET-SG-ADMIN-PORT",
    [sg({ from_port: 0, to_port: 1024 })],
    [sg({}), sg({ from_port: 22, to_port: 22, cidr_blocks: [], self: true })],
  ],
  [
    "NET-SG-ALL-PORTS",
    [sg({ protocol: "-1" })],
    [sg({}), sg({ protocol: "-1", cidr_blocks: [], self: true })],
  ],
  ["NET-SG-DESCRIPTION", [sg({ description: "" })], [sg({})]],
  [
    "NET-DEFAULT-SG-CLOSED",
    [["aws_default_security_group", { ingress: [{ self: true, protocol: "-1" }], egress: [] }]],
    [["aws_default_security_group", { ingress: [], egress: [] }]],
  ],
  [
    "NET-DEFAULT-SG-CLOSED",
    [["aws_vpc", {}]],
    [
      ["aws_vpc", {}],
      ["aws_default_security_group", {}],
    ],
  ],
  [
    "NET-FLOW-LOGS",
    [["aws_vpc", {}]],
    [
      ["aws_vpc", {}],
      ["aws_flow_log", { traffic_type: "ALL" }],
    ],
  ],
  [
    "NET-FLOW-LOGS-ALL",
    [["aws_flow_log", { traffic_type: "REJECT" }]],
    [["aws_flow_log", { traffic_type: "ALL" }]],
  ],
  ["NET-SUBNET-PUBLIC-IP", [["aws_subnet", { map_public_ip_on_launch: true }]], [["aws_subnet", {}]]],
  ["NET-VPC-DNS", [["aws_vpc", { enable_dns_support: true }]], [["aws_vpc", { enable_dns_hostnames: true }]]],
  [
    "NET-ENDPOINT-PRIVATE-DNS",
    [["aws_vpc_endpoint", { vpc_endpoint_type: "Interface", private_dns_enabled: false }]],
    [
      ["aws_vpc_endpoint", { vpc_endpoint_type: "Interface", private_dns_enabled: true }],
      ["aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" }],
    ],
  ],
  [
    "NET-ENDPOINT-POLICY-WORLD",
    [resourcePolicy("aws_vpc_endpoint", { Principal: "*" })],
    [
      resourcePolicy("aws_vpc_endpoint", {
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      }),
    ],
  ],
  [
    "NET-NACL-ADMIN-PORT",
    [
      [
        "aws_network_acl_rule",
        { rule_action: "allow", cidr_block: "0.0.0.0/0", from_port: 1, to_port: 65535 },
      ],
    ],
    [
      [
        "aws_network_acl_rule",
        { rule_action: "allow", cidr_block: "0.0.0.0/0", from_port: 1024, to_port: 3388 },
      ],
    ],
  ],
  [
    "NET-LISTENER-TLS",
    [["aws_lb_listener", { protocol: "HTTP", default_action: { type: "forward" } }]],
    [
      ["aws_lb_listener", { protocol: "HTTP", default_action: { type: "redirect" } }],
      ["aws_lb_listener", { protocol: "HTTPS" }],
    ],
  ],

  [
    "EKS-ENDPOINT-WORLD",
    [endpoint({ public_access_cidrs: ["0.0.0.0/0"] })],
    [
      endpoint({ public_access_cidrs: ["198.51.100.0/24"] }),
      endpoint({ endpoint_public_access: false, public_access_cidrs: ["0.0.0.0/0"] }),
    ],
  ],
  ["EKS-ENDPOINT-WORLD", [endpoint({})], [endpoint({ endpoint_public_access: false })]],
  ["EKS-ENDPOINT-PUBLIC", [endpoint({}), cluster({})], [endpoint({ endpoint_public_access: false })]],
  ["EKS-ENDPOINT-PRIVATE", [endpoint({ endpoint_private_access: false })], [endpoint({})]],
  [
    "EKS-LOGS",
    [cluster({ enabled_cluster_log_types: ["api", "audit"] })],
    [
      cluster({
        enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      }),
    ],
  ],
  [
    "EKS-SECRETS-ENCRYPTION",
    [cluster({ encryption_config: [] })],
    [cluster({ encryption_config: { resources: ["secrets"] } })],
  ],
  [
    "EKS-AUTH-MODE",
    [cluster({ access_config: { authentication_mode: "API_AND_CONFIG_MAP" } })],
    [cluster({ access_config: { authentication_mode: "API" } })],
  ],
  [
    "EKS-CREATOR-ADMIN",
    [cluster({ access_config: {} })],
    [cluster({ access_config: { bootstrap_cluster_creator_admin_permissions: false } })],
  ],
  ["EKS-DELETION-PROTECTION", [cluster({})], [cluster({ deletion_protection: true })]],
  ["EKS-SUPPORT-POLICY", [cluster({})], [cluster({ upgrade_policy: { support_type: "STANDARD" } })]],
  ["EKS-VERSION-PIN", [cluster({})], [cluster({ version: "1.35" })]],
  [
    "EKS-SUBNET-ZONES",
    [endpoint({ subnet_ids: ["subnet-a"] })],
    [endpoint({ subnet_ids: ["subnet-a", "subnet-b"] })],
  ],
  ["EKS-SELF-MANAGED-ADDONS", [cluster({})], [cluster({ bootstrap_self_managed_addons: false })]],
  [
    "EKS-SERVICE-CIDR",
    [cluster({})],
    [cluster({ kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16" } })],
  ],
  [
    "EKS-ADDON-PIN",
    [["aws_eks_addon", { addon_name: "coredns" }]],
    [["aws_eks_addon", { addon_version: "v1.12.3-eksbuild.1" }]],
  ],
  [
    "EKS-ACCESS-MASTERS",
    [["aws_eks_access_entry", { kubernetes_groups: ["system:masters"] }]],
    [["aws_eks_access_entry", { kubernetes_groups: ["developers"] }]],
  ],
  [
    "EKS-ACCESS-USER",
    [["aws_eks_access_entry", { principal_arn: "arn:aws:iam::111122223333:user/eve" }]],
    [["aws_eks_access_entry", { principal_arn: "arn:aws:iam::111122223333:role/dev" }]],
  ],

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

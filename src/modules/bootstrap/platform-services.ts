/** Actions that building the platform takes, and what for. */
export interface ServiceActions {
  readonly actions: readonly string[];
  readonly why: string;
}

/**
 * What Terraform calls to build and take down the stacks of a target, by service. Whole services only where Terraform
 * manages most of what they have; everywhere else what manages resources, and not what reads or writes their content:
 * the deploy role reads no logs, receives no messages and decrypts nothing but states.
 *
 * A stack that needs another service adds it here, and `octarine bootstrap` is run again.
 */
export const regionalServices: Readonly<Record<string, ServiceActions>> = {
  ec2: {
    actions: ["ec2:*"],
    why: "VPC, subnets, routes, NAT, endpoints, security groups, flow logs, launch templates",
  },
  vpce: {
    actions: ["vpce:AllowMultiRegion"],
    why: "interface endpoints of services that are run in another region, IAM and Route 53",
  },
  eks: { actions: ["eks:*"], why: "clusters, node groups, add-ons, access entries, Pod Identity" },
  autoscaling: {
    actions: ["autoscaling:Describe*", "autoscaling:CreateOrUpdateTags", "autoscaling:DeleteTags"],
    why: "the groups behind node groups, which EKS makes by its own role",
  },
  kms: {
    actions: [
      "kms:CreateAlias",
      "kms:CreateGrant",
      "kms:CreateKey",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKeyRotation",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:List*",
      "kms:PutKeyPolicy",
      "kms:ReplicateKey",
      "kms:RetireGrant",
      "kms:RevokeGrant",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
    why: "keys of secrets, logs and volumes; EKS has the caller grant it the use of the secrets' key",
  },
  logs: {
    actions: [
      "logs:AssociateKmsKey",
      "logs:CreateLogDelivery",
      "logs:CreateLogGroup",
      "logs:DeleteLogDelivery",
      "logs:DeleteLogGroup",
      "logs:DeleteMetricFilter",
      "logs:DeleteResourcePolicy",
      "logs:DeleteRetentionPolicy",
      "logs:Describe*",
      "logs:DisassociateKmsKey",
      "logs:GetLogDelivery",
      "logs:List*",
      "logs:PutMetricFilter",
      "logs:PutResourcePolicy",
      "logs:PutRetentionPolicy",
      "logs:TagLogGroup",
      "logs:TagResource",
      "logs:UntagLogGroup",
      "logs:UntagResource",
      "logs:UpdateLogDelivery",
    ],
    why: "log groups of the control plane and of flow logs",
  },
  sqs: {
    actions: [
      "sqs:CreateQueue",
      "sqs:DeleteQueue",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ListQueueTags",
      "sqs:SetQueueAttributes",
      "sqs:TagQueue",
      "sqs:UntagQueue",
    ],
    why: "Karpenter's interruption queue",
  },
  events: {
    actions: [
      "events:DeleteRule",
      "events:DescribeRule",
      "events:List*",
      "events:PutRule",
      "events:PutTargets",
      "events:RemoveTargets",
      "events:TagResource",
      "events:UntagResource",
    ],
    why: "rules that fill that queue",
  },
  "network-firewall": { actions: ["network-firewall:*"], why: "egress through a firewall" },
  route53resolver: { actions: ["route53resolver:*"], why: "resolver rules and query logs" },
  athena: {
    actions: [
      "athena:CreateNamedQuery",
      "athena:CreateWorkGroup",
      "athena:DeleteNamedQuery",
      "athena:DeleteWorkGroup",
      "athena:GetNamedQuery",
      "athena:GetWorkGroup",
      "athena:List*",
      "athena:TagResource",
      "athena:UntagResource",
      "athena:UpdateNamedQuery",
      "athena:UpdateWorkGroup",
    ],
    why: "workgroup and named queries over flow logs; it runs none",
  },
  glue: {
    actions: [
      "glue:CreateDatabase",
      "glue:CreateTable",
      "glue:DeleteDatabase",
      "glue:DeleteTable",
      "glue:GetDatabase*",
      "glue:GetPartitionIndexes",
      "glue:GetTable*",
      "glue:GetTags",
      "glue:TagResource",
      "glue:UntagResource",
      "glue:UpdateDatabase",
      "glue:UpdateTable",
    ],
    why: "the table over flow logs",
  },
  secretsmanager: {
    actions: [
      "secretsmanager:CreateSecret",
      "secretsmanager:DeleteSecret",
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetResourcePolicy",
      "secretsmanager:RemoveRegionsFromReplication",
      "secretsmanager:ReplicateSecretToRegions",
      "secretsmanager:TagResource",
      "secretsmanager:UntagResource",
      "secretsmanager:UpdateSecret",
    ],
    why: "empty secrets that clusters of a mesh fill; it reads and writes no value",
  },
  elasticloadbalancing: {
    actions: [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:Describe*",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
    ],
    why: "the load balancer by which Cilium's peers read a cluster; all others are the controller's",
  },
  acm: {
    actions: [
      "acm:AddTagsToCertificate",
      "acm:DeleteCertificate",
      "acm:DescribeCertificate",
      "acm:ListCertificates",
      "acm:ListTagsForCertificate",
      "acm:RemoveTagsFromCertificate",
      "acm:RequestCertificate",
      "acm:UpdateCertificateOptions",
    ],
    why: "certificates of load balancers",
  },
  cloudwatch: {
    actions: [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:DeleteDashboards",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetDashboard",
      "cloudwatch:List*",
      "cloudwatch:PutDashboard",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
    ],
    why: "alarms and dashboards",
  },
};

/** Services without a region. */
export const globalServices: Readonly<Record<string, ServiceActions>> = {
  route53: {
    actions: [
      "route53:*HostedZone*",
      "route53:*QueryLoggingConfig*",
      "route53:ChangeResourceRecordSets",
      "route53:ChangeTagsForResource",
      "route53:GetChange",
      "route53:ListResourceRecordSets",
      "route53:ListTagsForResource",
    ],
    why: "private zones of the VPC, records of what Terraform makes",
  },
};

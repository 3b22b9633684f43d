/**
 * Actions for which a policy can't name a resource: `*` is all that AWS takes. From the column "Resource types" of the
 * service authorization reference (docs.aws.amazon.com/service-authorization/latest/reference), for the services that
 * a platform calls. A `*` stands at the end only.
 */
export const NO_RESOURCE: readonly string[] = [
  "acm:ListCertificates",
  "autoscaling:Describe*",
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ecr:GetAuthorizationToken",
  "eks:DescribeAddonVersions",
  "eks:ListClusters",
  "elasticloadbalancing:Describe*",
  "iam:ListRoles",
  "iam:ListServerCertificates",
  "iam:ListInstanceProfiles",
  "kms:CreateKey",
  "kms:ListAliases",
  "kms:ListKeys",
  "logs:DescribeLogGroups",
  "pricing:GetProducts",
  "route53:ListHostedZones",
  "route53:ListHostedZonesByName",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:ListSecrets",
  "shield:CreateProtection",
  "shield:GetSubscriptionState",
  "ssm:DescribeParameters",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "sts:GetCallerIdentity",
  "tag:GetResources",
  "xray:GetSamplingRules",
  "xray:GetSamplingStatisticSummaries",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/**
 * Reads that do have a resource, which nobody knows when the policy is written: what teams' Ingresses and Services name.
 * The load balancer controller asks for them with `*` (kubernetes-sigs/aws-load-balancer-controller, docs/install/iam_policy.json).
 */
const READS_OF_ANY: readonly string[] = [
  "cognito-idp:DescribeUserPoolClient",
  "ec2:GetCoipPoolUsage",
  "ec2:GetSecurityGroupsForVpc",
  "waf-regional:GetWebACLForResource",
];

/** Whether `*` is the only resource that the action can have, or that anybody could name. */
export function needsAnyResource(action: string): boolean {
  const name = action.toLowerCase();
  return [...NO_RESOURCE, ...READS_OF_ANY].some((each) => {
    const pattern = each.toLowerCase();
    return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  });
}

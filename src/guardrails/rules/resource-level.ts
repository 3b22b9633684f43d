/**
 * Actions for which a policy can't name a resource: `*` is all that AWS takes. From the column "Resource types" of the
 * service authorization reference (docs.aws.amazon.com/service-authorization/latest/reference), for the services that
 * a platform calls. A `*` stands at the end only.
 */
const NO_RESOURCE: readonly string[] = [
  "acm:ListCertificates",
  "autoscaling:Describe*",
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "cognito-idp:DescribeUserPoolClient",
  "ec2:Describe*",
  "ec2:GetCoipPoolUsage",
  "ec2:GetSecurityGroupsForVpc",
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
  "route53:GetChange",
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
  "waf-regional:GetWebACLForResource",
  "xray:GetSamplingRules",
  "xray:GetSamplingStatisticSummaries",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Whether `*` is the only resource that the action can have. */
export function takesNoResource(action: string): boolean {
  const name = action.toLowerCase();
  return NO_RESOURCE.some((each) => {
    const pattern = each.toLowerCase();
    return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  });
}

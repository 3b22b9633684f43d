import type { Deed } from "./provider-calls";

type Tagging = Readonly<Partial<Record<Deed, string>>>;

/**
 * How tags are given, changed and read, by the beginning of a type's name: the provider does so for all types alike
 * (internal/provider/sdkv2/tags_interceptor.go), and AWS asks for the right to tag at creation as well (each service's
 * page in the Service Authorization Reference). The longest beginning counts.
 */
const taggings: Readonly<Record<string, Tagging>> = {
  aws_: { create: "ec2:CreateTags", update: "ec2:CreateTags ec2:DeleteTags" },
  aws_acmpca_certificate_authority: {
    create: "acm-pca:TagCertificateAuthority",
    read: "acm-pca:ListTags",
    update: "acm-pca:TagCertificateAuthority acm-pca:UntagCertificateAuthority",
  },
  aws_athena_workgroup: tagResource("athena", "ListTagsForResource"),
  aws_cloudwatch_event_rule: tagResource("events", "ListTagsForResource"),
  aws_cloudwatch_log_group: tagResource("logs", "ListTagsForResource"),
  aws_cloudwatch_metric_alarm: tagResource("cloudwatch", "ListTagsForResource"),
  // Their tags come with what describes them.
  aws_eks_: tagResource("eks"),
  aws_glue_catalog_database: tagResource("glue", "GetTags"),
  aws_iam_instance_profile: iam("InstanceProfile"),
  aws_iam_openid_connect_provider: iam("OpenIDConnectProvider"),
  aws_iam_policy: iam("Policy"),
  aws_iam_role: iam("Role"),
  aws_kms_: tagResource("kms", "ListResourceTags"),
  aws_lb: {
    create: "elasticloadbalancing:AddTags",
    read: "elasticloadbalancing:DescribeTags",
    update: "elasticloadbalancing:AddTags elasticloadbalancing:RemoveTags",
  },
  aws_networkfirewall_: tagResource("network-firewall"),
  aws_route53_resolver_: tagResource("route53resolver", "ListTagsForResource"),
  aws_route53_zone: {
    create: "route53:ChangeTagsForResource",
    read: "route53:ListTagsForResource",
    update: "route53:ChangeTagsForResource",
  },
  aws_s3_bucket: {
    create: "s3:PutBucketTagging",
    read: "s3:GetBucketTagging",
    update: "s3:PutBucketTagging",
  },
  aws_secretsmanager_secret: tagResource("secretsmanager"),
  aws_sns_topic: tagResource("sns", "ListTagsForResource"),
  aws_sqs_queue: {
    create: "sqs:TagQueue",
    read: "sqs:ListQueueTags",
    update: "sqs:TagQueue sqs:UntagQueue",
  },
};

/** Types that have no tags. */
const untagged = new Set([
  "aws_athena_named_query",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_resource_policy",
  "aws_ec2_subnet_cidr_reservation",
  "aws_ec2_tag",
  "aws_eks_access_policy_association",
  "aws_glue_catalog_table",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_service_linked_role",
  "aws_kms_alias",
  "aws_network_acl_rule",
  "aws_networkfirewall_logging_configuration",
  "aws_route",
  "aws_route53_resolver_query_log_config_association",
  "aws_route53_resolver_rule_association",
  "aws_route53_zone_association",
  "aws_route_table_association",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_security_group_rule",
  "aws_sqs_queue_policy",
  "aws_vpc_ipv4_cidr_block_association",
]);

const beginnings = Object.keys(taggings).sort((a, b) => b.length - a.length);

/** Actions on tags of a resource. */
export function tagCalls(type: string, deed: Deed): string[] {
  const beginning = untagged.has(type) ? undefined : beginnings.find((each) => type.startsWith(each));
  return (beginning && taggings[beginning]?.[deed]?.split(" ")) || [];
}

function tagResource(service: string, list?: string): Tagging {
  return {
    create: `${service}:TagResource`,
    ...(list !== undefined && { read: `${service}:${list}` }),
    update: `${service}:TagResource ${service}:UntagResource`,
  };
}

function iam(kind: string): Tagging {
  return { create: `iam:Tag${kind}`, update: `iam:Tag${kind} iam:Untag${kind}` };
}

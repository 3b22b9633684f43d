import { by, joined, type Kind } from "./kind";

/**
 * Import ids: hashicorp/terraform-provider-aws, website/docs/r/<type without aws_>.html.markdown, "Import"; those of several parts were
 * compared with the pages (not those of aws_eks_node_group and aws_iam_role_policy), the others are the resource's id, name or ARN. Names are one for an account and region.
 */
export const serviceKinds: readonly Kind[] = [
  { type: "aws_iam_role", by: [["name"], ["name_prefix"]], importId: by("name") },
  { type: "aws_iam_role_policy", by: [["role", "name"]], importId: joined(":", "role", "name") },
  {
    type: "aws_iam_role_policy_attachment",
    by: [["role", "policy_arn"]],
    importId: joined("/", "role", "policy_arn"),
  },
  { type: "aws_iam_policy", by: [["name"], ["name_prefix"]], importId: by("arn") },
  { type: "aws_iam_instance_profile", by: [["name"], ["name_prefix"]], importId: by("name") },
  { type: "aws_iam_openid_connect_provider", by: [["url"]], importId: by("arn") },
  { type: "aws_kms_alias", by: [["name"]], importId: by("name") },
  {
    type: "aws_kms_key",
    by: [],
    through: { type: "aws_kms_alias", attribute: "target_key_id", is: "key_id" },
    importId: by("key_id"),
  },
  { type: "aws_cloudwatch_log_group", by: [["name"]], importId: by("name") },
  { type: "aws_cloudwatch_log_resource_policy", by: [["policy_name"]], importId: by("policy_name") },
  { type: "aws_route53_resolver_query_log_config", by: [["name"]], importId: by("id") },
  {
    type: "aws_route53_resolver_query_log_config_association",
    by: [["resolver_query_log_config_id", "resource_id"]],
    importId: by("id"),
  },
  { type: "aws_eks_cluster", by: [["name"]], importId: by("name") },
  {
    type: "aws_eks_addon",
    by: [["cluster_name", "addon_name"]],
    importId: joined(":", "cluster_name", "addon_name"),
  },
  {
    type: "aws_eks_node_group",
    by: [
      ["cluster_name", "node_group_name"],
      ["cluster_name", "node_group_name_prefix"],
    ],
    importId: joined(":", "cluster_name", "node_group_name"),
  },
  {
    type: "aws_eks_access_entry",
    by: [["cluster_name", "principal_arn"]],
    importId: joined(":", "cluster_name", "principal_arn"),
  },
  {
    type: "aws_eks_access_policy_association",
    by: [["cluster_name", "principal_arn", "policy_arn"]],
    importId: joined("#", "cluster_name", "principal_arn", "policy_arn"),
  },
  {
    type: "aws_eks_pod_identity_association",
    by: [["cluster_name", "namespace", "service_account"]],
    importId: joined(",", "cluster_name", "association_id"),
  },
];

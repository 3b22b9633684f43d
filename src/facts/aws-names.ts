/**
 * Where a name may be only once. `world`: in the partition (buckets); `account`: in all regions of the account;
 * `region`: in one region of the account; `target`: in one cluster.
 */
export type NameScope = "world" | "account" | "region" | "target";

export interface NameRule {
  /** The attribute that holds the name; with a dot, a field of a block. */
  readonly attribute: string;
  readonly scope: NameScope;
  /** Attributes of what the name belongs to: it may be there once in each. */
  readonly within?: readonly string[];
  /** What AWS takes for one of those that is left out. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Upper and lower case are the same name. */
  readonly ignoresCase?: boolean;
}

/** "IAM and AWS STS quotas": names are unique in an account, whatever their path, and not told apart by case. */
const iam: NameRule = { attribute: "name", scope: "account", ignoresCase: true };
const regional = (attribute: string, ...within: readonly string[]): NameRule => ({
  attribute,
  scope: "region",
  ...(within.length > 0 && { within }),
});

/**
 * Names that AWS takes once, by Terraform's resource type: a second one ends in AlreadyExists, or is taken over without
 * a word (alarms, dashboards, EventBridge rules). From "Create…" in the API reference of each service.
 */
export const nameRules: Readonly<Record<string, NameRule>> = {
  aws_athena_workgroup: regional("name"),
  aws_autoscaling_group: regional("name"),
  aws_backup_vault: regional("name"),
  aws_cloudfront_cache_policy: { attribute: "name", scope: "account" },
  aws_cloudfront_function: { attribute: "name", scope: "account" },
  aws_cloudfront_origin_access_control: { attribute: "name", scope: "account" },
  aws_cloudwatch_dashboard: { attribute: "dashboard_name", scope: "account" },
  aws_cloudwatch_event_rule: {
    ...regional("name", "event_bus_name"),
    defaults: { event_bus_name: "default" },
  },
  aws_cloudwatch_event_target: {
    ...regional("target_id", "rule", "event_bus_name"),
    defaults: { event_bus_name: "default" },
  },
  aws_cloudwatch_log_group: regional("name"),
  aws_cloudwatch_log_metric_filter: regional("name", "log_group_name"),
  aws_cloudwatch_log_resource_policy: regional("policy_name"),
  aws_cloudwatch_metric_alarm: regional("alarm_name"),
  aws_db_instance: regional("identifier"),
  aws_dynamodb_table: regional("name"),
  aws_ecr_repository: regional("name"),
  aws_eks_access_entry: regional("principal_arn", "cluster_name"),
  aws_eks_addon: regional("addon_name", "cluster_name"),
  aws_eks_cluster: regional("name"),
  aws_eks_fargate_profile: regional("fargate_profile_name", "cluster_name"),
  aws_eks_node_group: regional("node_group_name", "cluster_name"),
  aws_eks_pod_identity_association: regional("service_account", "cluster_name", "namespace"),
  aws_elasticache_replication_group: regional("replication_group_id"),
  aws_glue_catalog_database: regional("name"),
  aws_glue_catalog_table: regional("name", "database_name"),
  aws_iam_group: iam,
  aws_iam_instance_profile: iam,
  aws_iam_openid_connect_provider: { attribute: "url", scope: "account" },
  aws_iam_policy: iam,
  aws_iam_role: iam,
  aws_iam_role_policy: { attribute: "name", scope: "account", within: ["role"] },
  aws_iam_saml_provider: iam,
  aws_iam_service_linked_role: {
    attribute: "aws_service_name",
    scope: "account",
    within: ["custom_suffix"],
    defaults: { custom_suffix: "" },
  },
  aws_iam_user: iam,
  aws_key_pair: regional("key_name"),
  aws_kms_alias: regional("name"),
  aws_lambda_function: regional("function_name"),
  aws_launch_template: regional("name"),
  aws_lb: regional("name"),
  aws_lb_target_group: regional("name"),
  aws_networkfirewall_firewall: regional("name"),
  aws_networkfirewall_firewall_policy: regional("name"),
  aws_networkfirewall_rule_group: regional("name", "type"),
  aws_rds_cluster: regional("cluster_identifier"),
  aws_route: { attribute: "destination_cidr_block", scope: "region", within: ["route_table_id"] },
  aws_route53_record: {
    attribute: "name",
    scope: "account",
    within: ["zone_id", "type", "set_identifier"],
    defaults: { set_identifier: "" },
    ignoresCase: true,
  },
  aws_s3_bucket: { attribute: "bucket", scope: "world" },
  aws_secretsmanager_secret: regional("name"),
  aws_security_group: { attribute: "name", scope: "region", within: ["vpc_id"], ignoresCase: true },
  aws_sns_topic: regional("name"),
  aws_sqs_queue: regional("name"),
  aws_ssm_parameter: regional("name"),
  helm_release: {
    attribute: "name",
    scope: "target",
    within: ["namespace"],
    defaults: { namespace: "default" },
  },
  kubernetes_namespace_v1: { attribute: "metadata.name", scope: "target" },
};

export const namedTypes: readonly string[] = Object.keys(nameRules).sort();

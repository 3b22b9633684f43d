import type { ForcingSource, ForcingAttributes } from "./forcing-attribute";
import { readLater } from "./forcing-attributes-read-later";

type Origin = Omit<ForcingSource, "file">;

/** A fork that follows HashiCorp's repository; its services are read there as of 5.32.0. */
const FORK: Origin = {
  repository: "upbound/terraform-provider-aws",
  commit: "ba227957595c95ef5f5c2b7a34b5c1c7c65a0210",
  version: "5.32.0",
};
const HASHI_CLUSTER: Origin = {
  repository: "hashicorp/terraform-provider-aws",
  commit: "00555dc5b38f92abbfa230badea0ed0754cea81e",
};
const HASHI_ACCESS: Origin = {
  repository: "hashicorp/terraform-provider-aws",
  commit: "01f431114674c27cf790fafb67ac274bf8f765e1",
};

function by(origin: Origin, file: string, attributes: string): ForcingAttributes {
  return { attributes: attributes.split(" "), source: { ...origin, file: `internal/service/${file}` } };
}

const HELM: ForcingSource = {
  repository: "hashicorp/terraform-provider-helm",
  commit: "ecffae07748ea9e2e99660e5ad3f852a12fbc5fc",
  file: "helm/resource_helm_release.go",
};

/**
 * `ForceNew` and `RequiresReplace` of the AWS provider. Not in it: what a provider decides by the values
 * (`CustomizeDiff`, for example encryption of an EKS cluster that is taken away), so an update of an attribute that is not
 * here is not proven harmless. A real plan says `replace_paths`; this is for plans of a provider that does not know.
 */
const table: Readonly<Record<string, ForcingAttributes>> = {
  aws_acm_certificate: by(
    FORK,
    "acm/certificate.go",
    "certificate_authority_arn domain_name key_algorithm subject_alternative_names validation_method validation_option",
  ),
  aws_autoscaling_group: by(FORK, "autoscaling/group.go", "initial_lifecycle_hook name name_prefix"),
  aws_backup_vault: by(FORK, "backup/vault.go", "kms_key_arn name"),
  aws_cloudwatch_log_group: by(FORK, "logs/group.go", "log_group_class name name_prefix"),
  aws_db_instance: by(
    FORK,
    "rds/instance.go",
    "availability_zone backup_target character_set_name custom_iam_instance_profile db_name engine kms_key_id nchar_character_set_name restore_to_point_in_time s3_import.bucket_name s3_import.bucket_prefix s3_import.ingestion_role s3_import.source_engine s3_import.source_engine_version snapshot_identifier storage_encrypted timezone username",
  ),
  aws_dynamodb_table: by(
    FORK,
    "dynamodb/table.go",
    "hash_key local_secondary_index name range_key import_table.s3_bucket_source restore_date_time restore_to_latest_time",
  ),
  aws_ebs_volume: by(
    FORK,
    "ec2/ebs_volume.go",
    "availability_zone encrypted kms_key_id multi_attach_enabled outpost_arn snapshot_id",
  ),
  aws_ec2_transit_gateway_vpc_attachment: by(
    FORK,
    "ec2/transitgateway_vpc_attachment.go",
    "transit_gateway_id vpc_id",
  ),
  aws_ecr_repository: by(FORK, "ecr/repository.go", "encryption_configuration name"),
  aws_efs_file_system: by(
    FORK,
    "efs/file_system.go",
    "availability_zone_name creation_token encrypted kms_key_id performance_mode",
  ),
  aws_efs_mount_target: by(FORK, "efs/mount_target.go", "file_system_id ip_address subnet_id"),
  aws_eip: by(FORK, "ec2/ec2_eip.go", "address domain network_border_group public_ipv4_pool vpc"),
  aws_eks_access_entry: by(HASHI_ACCESS, "eks/access_entry.go", "cluster_name principal_arn type"),
  aws_eks_access_policy_association: by(
    HASHI_ACCESS,
    "eks/access_policy_association.go",
    "access_scope cluster_name policy_arn principal_arn",
  ),
  aws_eks_addon: by(FORK, "eks/addon.go", "addon_name cluster_name"),
  aws_eks_cluster: by(
    HASHI_CLUSTER,
    "eks/cluster.go",
    "access_config.bootstrap_cluster_creator_admin_permissions bootstrap_self_managed_addons kubernetes_network_config.ip_family kubernetes_network_config.service_ipv4_cidr name outpost_config.control_plane_instance_type remote_network_config role_arn",
  ),
  aws_eks_fargate_profile: by(
    FORK,
    "eks/fargate_profile.go",
    "cluster_name fargate_profile_name pod_execution_role_arn selector subnet_ids",
  ),
  aws_eks_identity_provider_config: by(FORK, "eks/identity_provider_config.go", "cluster_name oidc"),
  aws_eks_node_group: by(
    FORK,
    "eks/node_group.go",
    "ami_type capacity_type cluster_name disk_size instance_types launch_template.id launch_template.name node_group_name node_group_name_prefix node_role_arn remote_access subnet_ids",
  ),
  aws_eks_pod_identity_association: by(
    FORK,
    "eks/pod_identity_association.go",
    "cluster_name namespace service_account",
  ),
  aws_elasticache_replication_group: by(
    FORK,
    "elasticache/replication_group.go",
    "at_rest_encryption_enabled data_tiering_enabled engine global_replication_group_id network_type port replication_group_id security_group_names snapshot_arns snapshot_name subnet_group_name transit_encryption_enabled kms_key_id",
  ),
  aws_flow_log: by(
    FORK,
    "ec2/vpc_flow_log.go",
    "deliver_cross_account_role destination_options eni_id iam_role_arn log_destination log_destination_type log_format log_group_name max_aggregation_interval subnet_id traffic_type transit_gateway_attachment_id transit_gateway_id vpc_id",
  ),
  aws_iam_instance_profile: by(FORK, "iam/instance_profile.go", "name name_prefix path"),
  aws_iam_openid_connect_provider: by(FORK, "iam/openid_connect_provider.go", "url"),
  aws_iam_policy: by(FORK, "iam/policy.go", "description name name_prefix path"),
  aws_iam_role: by(FORK, "iam/role.go", "name name_prefix path"),
  aws_iam_role_policy: by(FORK, "iam/role_policy.go", "name name_prefix role"),
  aws_iam_role_policy_attachment: by(FORK, "iam/role_policy_attachment.go", "policy_arn role"),
  aws_kms_alias: by(FORK, "kms/alias.go", "name name_prefix"),
  aws_kms_key: by(FORK, "kms/key.go", "custom_key_store_id customer_master_key_spec key_usage multi_region"),
  aws_launch_template: by(FORK, "ec2/ec2_launch_template.go", "name name_prefix"),
  aws_lb: by(
    FORK,
    "elbv2/load_balancer.go",
    "customer_owned_ipv4_pool internal load_balancer_type name name_prefix",
  ),
  aws_lb_target_group: by(
    FORK,
    "elbv2/target_group.go",
    "ip_address_type name name_prefix port protocol protocol_version target_type vpc_id",
  ),
  aws_nat_gateway: by(
    FORK,
    "ec2/vpc_nat_gateway.go",
    "allocation_id connectivity_type private_ip secondary_private_ip_address_count subnet_id",
  ),
  aws_network_acl: by(FORK, "ec2/vpc_network_acl.go", "vpc_id"),
  aws_networkfirewall_firewall: by(FORK, "networkfirewall/firewall.go", "name vpc_id"),
  aws_rds_cluster: by(
    FORK,
    "rds/cluster.go",
    "availability_zones cluster_identifier cluster_identifier_prefix database_name db_subnet_group_name db_system_id engine engine_mode kms_key_id master_username restore_to_point_in_time s3_import.bucket_name s3_import.bucket_prefix s3_import.ingestion_role s3_import.source_engine s3_import.source_engine_version snapshot_identifier source_region storage_encrypted",
  ),
  aws_route: by(
    FORK,
    "ec2/vpc_route.go",
    "route_table_id destination_cidr_block destination_ipv6_cidr_block destination_prefix_list_id",
  ),
  aws_route53_zone: by(FORK, "route53/zone.go", "delegation_set_id name"),
  aws_route_table: by(FORK, "ec2/vpc_route_table.go", "vpc_id"),
  aws_route_table_association: by(FORK, "ec2/vpc_route_table_association.go", "gateway_id subnet_id"),
  aws_s3_bucket: by(
    FORK,
    "s3/bucket.go",
    "bucket bucket_prefix object_lock_configuration.object_lock_enabled object_lock_enabled",
  ),
  aws_secretsmanager_secret: by(FORK, "secretsmanager/secret.go", "name name_prefix"),
  aws_security_group: by(FORK, "ec2/vpc_security_group.go", "description name name_prefix vpc_id"),
  aws_security_group_rule: by(
    FORK,
    "ec2/vpc_security_group_rule.go",
    "cidr_blocks from_port ipv6_cidr_blocks prefix_list_ids protocol security_group_id self source_security_group_id to_port type",
  ),
  aws_subnet: by(
    FORK,
    "ec2/vpc_subnet.go",
    "availability_zone availability_zone_id cidr_block ipv6_native outpost_arn vpc_id",
  ),
  aws_vpc: by(FORK, "ec2/vpc_.go", "cidr_block ipv4_ipam_pool_id ipv4_netmask_length"),
  aws_vpc_endpoint: by(FORK, "ec2/vpc_endpoint.go", "service_name vpc_endpoint_type vpc_id"),
  aws_vpc_ipv4_cidr_block_association: by(
    FORK,
    "ec2/vpc_ipv4_cidr_block_association.go",
    "cidr_block ipv4_ipam_pool_id ipv4_netmask_length vpc_id",
  ),
  aws_vpc_security_group_egress_rule: by(FORK, "ec2/vpc_security_group_ingress_rule.go", "security_group_id"),
  aws_vpc_security_group_ingress_rule: by(
    FORK,
    "ec2/vpc_security_group_ingress_rule.go",
    "security_group_id",
  ),
  helm_release: { attributes: ["name", "namespace"], source: HELM },
};

/** By resource type. A map: a plan may name a type `constructor`. */
export const forcingAttributes: ReadonlyMap<string, ForcingAttributes> = new Map(
  Object.entries({ ...table, ...readLater }),
);

import { isOfOthers } from "../settings/tags";

/** Attributes that say nothing of a wish: names, and what AWS answers once the thing is there (AWS provider 6.25.0, its schema). */
const OF_ALL =
  /^(id|arn|region|tags_all|timeouts|name_prefix|owner_id|created_at|modified_at|associated_at|status|state|depends_on)\b/;

const QUIET: Readonly<Record<string, RegExp>> = {
  aws_vpc:
    /^(default_\w+|dhcp_options_id|main_route_table_id|ipv6_association_id|ipv6_cidr_block\w*|enable_dns_\w+|cidr_block_associations|state)\b/,
  aws_vpc_ipv4_cidr_block_association: /^vpc_id/,
  aws_subnet:
    /^(availability_zone_id|ipv6_cidr_block\w*|vpc_id|private_dns_hostname_type_on_launch|map_public_ip_on_launch|available_ip_address_count|default_for_az)\b/,
  aws_route_table: /^(vpc_id|route)\b/,
  aws_route: /^(instance_\w+|origin|route_table_id|destination_\w+|\w*gateway_id|network_interface_id)\b/,
  aws_route_table_association: /^(subnet_id|route_table_id|gateway_id)\b/,
  aws_nat_gateway:
    /^(association_id|auto_\w+|network_interface_id|public_ip|regional_\w+|route_table_id|availability_mode|private_ip|secondary_\w+|vpc_id|allocation_id|subnet_id)\b/,
  aws_internet_gateway: /^vpc_id/,
  aws_vpc_endpoint:
    /^(cidr_blocks|dns_entry|dns_options|network_interface_ids|prefix_list_id|requester_managed|ip_address_type|private_dns_enabled|route_table_ids|security_group_ids|service_region|subnet_ids|subnet_configuration|auto_accept|vpc_id)\b/,
  aws_eks_cluster:
    /^(vpc_config\[0\]\.subnet_ids|certificate_authority|cluster_id|endpoint|identity|platform_version|force_update_version|bootstrap_self_managed_addons|vpc_config\[0\]\.(vpc_id|cluster_security_group_id)|kubernetes_network_config\[0\]\.(service_ipv6_cidr|elastic_load_balancing.*)|encryption_config)\b/,
  aws_eks_node_group:
    /^(resources|cluster_name|version|release_version|force_update_version|launch_template|disk_size|subnet_ids)\b/,
  aws_launch_template:
    /^(latest_version|default_version|name|description|update_default_version|tag_specifications|metadata_options|block_device_mappings|vpc_security_group_ids|network_interfaces|iam_instance_profile|monitoring)\b/,
  aws_autoscaling_group:
    /^(predicted_capacity|warm_pool_size|availability_zones|default_cooldown|health_check\w*|load_balancers|name|service_linked_role_arn|launch_template|instance_refresh|vpc_zone_identifier)\b/,
  aws_eks_addon: /^(cluster_name|preserve|resolve_conflicts\w*)\b/,
  aws_eks_access_entry: /^(access_entry_arn|cluster_name|user_name)\b/,
  aws_eks_access_policy_association: /^cluster_name/,
  aws_eks_pod_identity_association: /^(association_\w+|external_id|cluster_name|disable_session_tags)\b/,
  aws_cloudwatch_log_group:
    /^(name|log_group_class|skip_destroy|kms_key_id|deletion_protection_enabled|tags)\b/,
  aws_iam_role:
    /^(name|create_date|unique_id|assume_role_policy|path|description|max_session_duration|force_detach_policies|inline_policy|managed_policy_arns|tags)\b/,
  aws_iam_role_policy_attachment: /^(role|policy_arn)\b/,
  aws_iam_role_policy: /^(name|role|policy)\b/,
  aws_iam_policy: /^(name|path|policy|policy_id|attachment_count|description|tags)\b/,
  helm_release:
    /^(metadata|manifest|resources|repository\w*|atomic|cleanup_on_fail|create_namespace|wait\w*|timeout|lint|replace|reset_values|reuse_values|max_history|render_subchart_notes|skip_crds|verify|recreate_pods|dependency_update|disable_\w+|force_update|pass_credentials|description|keyring|devel|values|set\w*|postrender|upgrade_install|take_ownership)\b/,
};

/** What is said of attributes that no setting takes, by type and path; the first that matches. */
const REASONS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  aws_eks_cluster: [
    [/^access_config/, "access entries alone; the creator as such has none"],
    [
      /^compute_config|^storage_config|elastic_load_balancing/,
      "EKS Auto Mode is another way to have nodes: managed groups and karpenter are those here",
    ],
    [/^outpost_config|^remote_network_config/, "Outposts and hybrid nodes are not part of the platform"],
    [/^control_plane_scaling_config/, "the control plane's own settings are EKS's defaults"],
    [/^role_arn/, "the cluster's role is made with the cluster"],
  ],
  aws_eks_node_group: [
    [/^remote_access/, "no SSH: Session Manager opens a shell, which IAM allows and CloudTrail records"],
    [/^node_repair_config/, "EKS's node repair is not set here"],
    [/^node_role_arn/, "the nodes' role is made with the group"],
  ],
  aws_launch_template: [
    [/^user_data/, "nodes start as their image says; nodes.<group>.kubelet has what can be set"],
    [/^key_name/, "no SSH: Session Manager opens a shell, which IAM allows and CloudTrail records"],
    [/^placement/, "nodes.<group>.placementGroup takes a group that there is, with its strategy"],
    [/^capacity_reservation/, "nodes.<group>.capacityReservation takes a reservation"],
  ],
};

const TAGS = "tags of a target (tags) are on all that it makes";
const UNKNOWN = "the platform decides it, or has nothing like it";

export function isQuiet(type: string, path: string): boolean {
  const tag = /^tags\.(.+)$/.exec(path)?.[1];
  if (tag !== undefined) return isOfOthers(tag);
  return OF_ALL.test(path) || (QUIET[type]?.test(path) ?? false);
}

export function saidOfAttribute(type: string, path: string): string {
  const known = REASONS[type]?.find(([matches]) => matches.test(path))?.[1];
  return known ?? (path.startsWith("tags") ? TAGS : UNKNOWN);
}

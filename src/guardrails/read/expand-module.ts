import type { Resource } from "../resource";
import {
  at,
  type Attributes,
  entries,
  isAbsent,
  isFalse,
  isMap,
  isTrue,
  items,
  type Value,
} from "../../values/value";
import { clusterGroup, clusterGroupRules } from "./cluster-groups";
import { vpc, vpcEndpoints } from "./expand-network";
import { made, or } from "./made";
import { namesInModule } from "./module-names";
import { statement, unreadPolicy } from "./policy-statements";

/** The resources that a registry module makes of its inputs, with its defaults (versions as in cdktf.json). */
export function expandModule(call: Resource): Resource[] {
  const source = call.attributes.source;
  const expander = typeof source === "string" ? EXPANDERS[source] : undefined;
  return withNames(expander === undefined ? [] : expander(call, call.attributes), namesInModule(call));
}

/** Names go to the resource of the same address where there is one. */
function withNames(resources: readonly Resource[], names: readonly Resource[]): Resource[] {
  const byAddress = new Map(names.map((each) => [each.address, each]));
  const merged = resources.map((each) => {
    const named = each.type === "policy-statement" ? undefined : byAddress.get(each.address);
    if (named === undefined) return each;
    byAddress.delete(each.address);
    return { ...each, attributes: { ...named.attributes, ...each.attributes } };
  });
  return [...merged, ...byAddress.values()];
}

/** Whether the inputs tell what the module makes. Of others only the plan does. */
export function isReadable(call: Resource): boolean {
  const source = call.attributes.source;
  return typeof source === "string" && EXPANDERS[source] !== undefined;
}

type Expander = (call: Resource, inputs: Attributes) => Resource[];

const EXPANDERS: Readonly<Record<string, Expander>> = {
  "terraform-aws-modules/vpc/aws": vpc,
  "terraform-aws-modules/vpc/aws//modules/vpc-endpoints": vpcEndpoints,
  "terraform-aws-modules/eks/aws": eks,
  "terraform-aws-modules/eks/aws//modules/eks-managed-node-group": nodeGroup,
  "terraform-aws-modules/eks-pod-identity/aws": podIdentity,
};

function eks(call: Resource, input: Attributes): Resource[] {
  const encryption = or(input.encryption_config, {});
  const createsLogs = !isFalse(or(input.create_cloudwatch_log_group, true));
  return [
    made(call, "aws_eks_cluster", "this[0]", {
      name: input.name,
      version: input.kubernetes_version,
      deletion_protection: input.deletion_protection,
      // The module's own, with no input to change it.
      bootstrap_self_managed_addons: false,
      enabled_cluster_log_types: or(input.enabled_log_types, ["audit", "api", "authenticator"]),
      access_config: {
        authentication_mode: or(input.authentication_mode, "API_AND_CONFIG_MAP"),
        // Made as an access entry of its own instead.
        bootstrap_cluster_creator_admin_permissions: or(
          input.enable_cluster_creator_admin_permissions,
          false,
        ),
      },
      upgrade_policy: input.upgrade_policy,
      zonal_shift_config: input.zonal_shift_config,
      kubernetes_network_config: {
        ip_family: or(input.ip_family, "ipv4"),
        service_ipv4_cidr: input.service_ipv4_cidr,
      },
      encryption_config:
        encryption === null
          ? []
          : {
              resources: at(encryption, "resources") ?? ["secrets"],
              provider: { key_arn: at(encryption, "provider_key_arn") },
            },
      vpc_config: {
        subnet_ids: or(input.control_plane_subnet_ids, input.subnet_ids),
        security_group_ids: [...items(input.additional_security_group_ids), clusterGroup(call, input)],
        endpoint_private_access: or(input.endpoint_private_access, true),
        endpoint_public_access: or(input.endpoint_public_access, false),
        public_access_cidrs: or(input.endpoint_public_access_cidrs, ["0.0.0.0/0"]),
      },
    }),
    ...(createsLogs
      ? [
          made(call, "aws_cloudwatch_log_group", "this[0]", {
            kms_key_id: input.cloudwatch_log_group_kms_key_id,
            retention_in_days: or(input.cloudwatch_log_group_retention_in_days, 90),
          }),
        ]
      : []),
    ...clusterGroupRules(call, input),
    ...entries(input.access_entries).flatMap(([key, entry]) => accessEntry(call, key, entry, input.name)),
  ];
}

function accessEntry(call: Resource, key: string, entry: Value, clusterName: Value): Resource[] {
  return [
    made(call, "aws_eks_access_entry", `this["${key}"]`, {
      cluster_name: clusterName,
      principal_arn: at(entry, "principal_arn"),
      kubernetes_groups: at(entry, "kubernetes_groups"),
    }),
    ...entries(at(entry, "policy_associations")).map(([name, association]) =>
      made(call, "aws_eks_access_policy_association", `this["${key}_${name}"]`, {
        principal_arn: at(entry, "principal_arn"),
        policy_arn: at(association, "policy_arn"),
        access_scope: at(association, "access_scope"),
      }),
    ),
  ];
}

function nodeGroup(call: Resource, input: Attributes): Resource[] {
  const attachments = [
    ...entries(input.iam_role_additional_policies),
    ...(isFalse(input.iam_role_attach_cni_policy)
      ? []
      : [["cni", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"] as const]),
  ];
  const latest = isTrue(or(input.use_latest_ami_release_version, true));
  return [
    made(call, "aws_eks_node_group", "this[0]", {
      cluster_name: input.cluster_name,
      subnet_ids: input.subnet_ids,
      ...(isAbsent(input.ami_id) || input.ami_id === ""
        ? { ami_type: input.ami_type, release_version: latest ? "latest" : input.ami_release_version }
        : { ami_type: "CUSTOM" }),
      scaling_config: { min_size: or(input.min_size, 1), max_size: or(input.max_size, 3) },
      update_config: or(input.update_config, { max_unavailable_percentage: 33 }),
      remote_access: input.remote_access,
      taint: entries(input.taints).map(([, taint]) => taint),
      capacity_type: input.capacity_type,
      instance_types: input.instance_types,
    }),
    made(call, "aws_launch_template", "this[0]", {
      metadata_options: metadataOptions(input.metadata_options),
      block_device_mappings: entries(input.block_device_mappings).map(([, mapping]) => mapping),
      key_name: input.key_name,
      network_interfaces: input.network_interfaces,
      vpc_security_group_ids: [
        input.cluster_primary_security_group_id,
        ...items(input.vpc_security_group_ids),
      ].filter((each) => !isAbsent(each)),
      user_data: userData(input),
    }),
    ...attachments.map(([key, arn]) =>
      made(call, "aws_iam_role_policy_attachment", `additional["${key}"]`, { policy_arn: arn }),
    ),
  ];
}

function metadataOptions(given: Value): Value {
  const defaults = { http_endpoint: "enabled", http_put_response_hop_limit: 1, http_tokens: "required" };
  return given === undefined || isMap(given) ? { ...defaults, ...given } : given;
}

/** What the configuration adds to the user data, as text. */
function userData(input: Attributes): Value {
  const parts = [
    input.bootstrap_extra_args,
    input.pre_bootstrap_user_data,
    ...items(input.cloudinit_pre_nodeadm).map((each) => at(each, "content")),
    ...items(input.cloudinit_post_nodeadm).map((each) => at(each, "content")),
  ].filter((each) => !isAbsent(each));
  return parts.every((each) => typeof each === "string") ? parts.join("\n") : parts;
}

function podIdentity(call: Resource, input: Attributes): Resource[] {
  const policy = made(call, "aws_iam_policy", "custom[0]", {});
  const given = items(input.policy_statements).map((each, index) =>
    statement(policy, "identity", isMap(each) ? each : {}, index),
  );
  // Policies that the module itself brings: what they say stands in the module, and in the plan.
  const own = entries(input).flatMap(([name, on]) => {
    const short = /^attach_(?:aws_)?(.+)_policy$/.exec(name)?.[1];
    return short === undefined || short === "custom" || !isTrue(on)
      ? []
      : [made(call, "aws_iam_policy", `${short}[0]`, {})];
  });
  return [...given, ...own.map((each) => unreadPolicy(each, "identity", "policy"))];
}

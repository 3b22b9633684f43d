import type { Resource } from "../resource";
import {
  type Attributes,
  entries,
  isAbsent,
  isFalse,
  isTrue,
  isUnknown,
  Unknown,
  type Value,
} from "../../values/value";

/**
 * What registry modules name, by their own rules (versions as in cdktf.json): the attributes that hold names and
 * descriptions of the resources that a call makes. __tests__/terraform/module-names.test.ts holds them against plans of the modules.
 */
export function namesInModule(call: Resource): Resource[] {
  const source = call.attributes.source;
  const naming = typeof source === "string" ? NAMING[source] : undefined;
  return naming === undefined ? [] : naming(call, call.attributes);
}

type Naming = (call: Resource, input: Attributes) => Resource[];

const NAMING: Readonly<Record<string, Naming>> = {
  "terraform-aws-modules/eks/aws": cluster,
  "terraform-aws-modules/eks/aws//modules/eks-managed-node-group": nodeGroup,
  "terraform-aws-modules/eks/aws//modules/karpenter": karpenter,
  "terraform-aws-modules/eks-pod-identity/aws": podIdentity,
};

function named(call: Resource, type: string, name: string, attributes: Attributes): Resource {
  return { ...call, type, address: `${call.address}.${type}.${name}`, attributes };
}

/** What `coalesce` gives: the first that is there. */
function coalesce(...values: readonly Value[]): Value {
  return values.find((each) => !isAbsent(each));
}

function joined(...parts: readonly Value[]): Value {
  const unknown = parts.find(isUnknown);
  return unknown === undefined
    ? parts.map((part) => (typeof part === "string" ? part : "")).join("")
    : new Unknown(true);
}

/** Every module has a switch by which a name becomes a prefix. On by default, and in one module text. */
function nameOrPrefix(usesPrefix: Value, name: Value, separator = "-"): Attributes {
  return isFalse(usesPrefix) ? { name } : { name_prefix: joined(name, separator) };
}

function inPath(path: Value): Attributes {
  return isAbsent(path) ? {} : { path };
}

/** eks 21.11.0: main.tf, node_groups.tf. */
function cluster(call: Resource, input: Attributes): Resource[] {
  const name = input.name;
  const role = coalesce(input.iam_role_name, joined(name, "-cluster"));
  const path = inPath(input.iam_role_path);
  return [
    named(call, "aws_cloudwatch_log_group", "this[0]", { name: joined("/aws/eks/", name, "/cluster") }),
    named(call, "aws_security_group", "cluster[0]", {
      ...nameOrPrefix(
        input.security_group_use_name_prefix,
        coalesce(input.security_group_name, joined(name, "-cluster")),
      ),
      vpc_id: input.vpc_id,
      description: input.security_group_description,
    }),
    named(call, "aws_security_group", "node[0]", {
      ...nameOrPrefix(
        input.node_security_group_use_name_prefix,
        coalesce(input.node_security_group_name, joined(name, "-node")),
      ),
      vpc_id: input.vpc_id,
      description: input.node_security_group_description,
    }),
    named(call, "aws_iam_role", "this[0]", {
      ...nameOrPrefix(input.iam_role_use_name_prefix, role),
      ...path,
      permissions_boundary: input.iam_role_permissions_boundary,
      description: input.iam_role_description,
    }),
    ...(input.encryption_config === null
      ? []
      : [
          named(call, "aws_iam_policy", "cluster_encryption[0]", {
            ...nameOrPrefix(
              input.encryption_policy_use_name_prefix,
              coalesce(input.encryption_policy_name, joined(role, "-ClusterEncryption")),
              "",
            ),
            ...inPath(input.encryption_policy_path),
            description: input.encryption_policy_description,
          }),
        ]),
    // By this very name in every cluster that asks for it.
    ...(isTrue(input.create_cni_ipv6_iam_policy)
      ? [named(call, "aws_iam_policy", "cni_ipv6_policy[0]", { name: "AmazonEKS_CNI_IPv6_Policy" })]
      : []),
  ];
}

/** eks 21.11.0: modules/eks-managed-node-group/main.tf. */
function nodeGroup(call: Resource, input: Attributes): Resource[] {
  const group = isFalse(input.use_name_prefix)
    ? { node_group_name: input.name }
    : { node_group_name_prefix: joined(input.name, "-") };
  const fallback = joined(input.name, "-eks-node-group");
  return [
    named(call, "aws_eks_node_group", "this[0]", { ...group, cluster_name: input.cluster_name }),
    named(call, "aws_launch_template", "this[0]", {
      ...nameOrPrefix(input.launch_template_use_name_prefix, coalesce(input.launch_template_name, fallback)),
      description: input.launch_template_description,
    }),
    // Made where there are rules for it only.
    ...(isFalse(input.create_security_group) || entries(input.security_group_ingress_rules).length === 0
      ? []
      : [
          named(
            call,
            "aws_security_group",
            "this[0]",
            nameOrPrefix(
              input.security_group_use_name_prefix,
              coalesce(input.security_group_name, joined(input.cluster_name, "-", input.name)),
            ),
          ),
        ]),
    ...(isFalse(input.create_iam_role)
      ? []
      : [
          named(call, "aws_iam_role", "this[0]", {
            ...nameOrPrefix(input.iam_role_use_name_prefix, coalesce(input.iam_role_name, fallback)),
            ...inPath(input.iam_role_path),
            permissions_boundary: input.iam_role_permissions_boundary,
            description: input.iam_role_description,
          }),
        ]),
  ];
}

const KARPENTER_RULES = {
  health_event: "HealthEvent",
  spot_interrupt: "SpotInterrupt",
  instance_rebalance: "InstanceRebalance",
  instance_state_change: "InstanceStateChange",
};

/** eks 21.11.0: modules/karpenter/main.tf. */
function karpenter(call: Resource, input: Attributes): Resource[] {
  const role = coalesce(input.iam_role_name, "KarpenterController");
  const policy = nameOrPrefix(
    input.iam_policy_use_name_prefix,
    coalesce(input.iam_policy_name, "KarpenterController"),
  );
  const queue = coalesce(input.queue_name, joined("Karpenter-", input.cluster_name));
  const node = nameOrPrefix(
    input.node_iam_role_use_name_prefix,
    coalesce(input.node_iam_role_name, joined("Karpenter-", input.cluster_name)),
  );
  const nodePath = inPath(input.node_iam_role_path);
  const rulePrefix = coalesce(input.rule_name_prefix, "Karpenter");
  return [
    named(call, "aws_iam_role", "controller[0]", {
      ...nameOrPrefix(input.iam_role_use_name_prefix, role),
      ...inPath(input.iam_role_path),
      permissions_boundary: input.iam_role_permissions_boundary_arn,
      description: input.iam_role_description,
    }),
    isTrue(input.enable_inline_policy)
      ? named(call, "aws_iam_role_policy", "controller[0]", { ...policy, role })
      : named(call, "aws_iam_policy", "controller[0]", {
          ...policy,
          ...inPath(input.iam_policy_path),
          description: input.iam_policy_description,
        }),
    ...(isFalse(input.create_node_iam_role)
      ? []
      : [
          named(call, "aws_iam_role", "node[0]", {
            ...node,
            ...nodePath,
            permissions_boundary: input.node_iam_role_permissions_boundary,
            description: input.node_iam_role_description,
          }),
        ]),
    ...(isTrue(input.create_instance_profile)
      ? [named(call, "aws_iam_instance_profile", "this[0]", { ...node, ...nodePath })]
      : []),
    ...(isFalse(input.create_pod_identity_association)
      ? []
      : [
          named(call, "aws_eks_pod_identity_association", "karpenter[0]", {
            cluster_name: input.cluster_name,
            namespace: coalesce(input.namespace, "kube-system"),
            service_account: coalesce(input.service_account, "karpenter"),
          }),
        ]),
    ...(isFalse(input.enable_spot_termination)
      ? []
      : [
          named(call, "aws_sqs_queue", "this[0]", {
            name: queue,
            sqs_managed_sse_enabled: !isFalse(input.queue_managed_sse_enabled),
          }),
          ...Object.entries(KARPENTER_RULES).map(([key, event]) =>
            named(call, "aws_cloudwatch_event_rule", `this["${key}"]`, {
              name_prefix: joined(rulePrefix, event, "-"),
            }),
          ),
        ]),
  ];
}

/** eks-pod-identity 2.6.0: the name that each ready-made policy has behind `policy_name_prefix`, by the input that attaches it. */
export const READY_POLICIES: Readonly<Record<string, readonly [resource: string, name: string]>> = {
  attach_amazon_managed_service_prometheus_policy: [
    "amazon_managed_service_prometheus",
    "ManagedServiceForPrometheus",
  ],
  attach_aws_appmesh_controller_policy: ["appmesh_controller", "AppMeshController"],
  attach_aws_appmesh_envoy_proxy_policy: ["appmesh_envoy_proxy", "AppMeshEnvoyProxy"],
  attach_aws_ebs_csi_policy: ["ebs_csi", "EBS_CSI"],
  attach_aws_efs_csi_policy: ["efs_csi", "EFS_CSI"],
  attach_aws_fsx_lustre_csi_policy: ["fsx_lustre_csi", "FSxForLustre_CSI"],
  attach_aws_gateway_controller_policy: ["aws_gateway_controller", "GatewayController"],
  attach_aws_lb_controller_policy: ["lb_controller", "LoadBalancerController"],
  attach_aws_lb_controller_targetgroup_binding_only_policy: [
    "lb_controller_targetgroup_only",
    "LoadBalancerControllerTargetGroupOnly",
  ],
  attach_aws_node_termination_handler_policy: ["node_termination_handler", "NodeTerminationHandler"],
  attach_aws_privateca_issuer_policy: ["aws_privateca_issuer", "PrivateCAIssuer"],
  attach_aws_vpc_cni_policy: ["vpc_cni", "VPC_CNI"],
  attach_cert_manager_policy: ["cert_manager", "CertManager"],
  attach_cluster_autoscaler_policy: ["cluster_autoscaler", "ClusterAutoscaler"],
  attach_external_dns_policy: ["external_dns", "ExternalDNS"],
  attach_external_secrets_policy: ["external_secrets", "ExternalSecrets"],
  attach_mountpoint_s3_csi_policy: ["mountpoint_s3_csi", "MountpointS3_CSI"],
  attach_pganalyze_policy: ["pganalyze", "PGAnalyze"],
  attach_velero_policy: ["velero", "Velero"],
};

function podIdentity(call: Resource, input: Attributes): Resource[] {
  const path = inPath(input.path);
  const usesPrefix = input.use_name_prefix;
  const prefix = coalesce(input.policy_name_prefix, "AmazonEKS_");
  const ready = Object.entries(READY_POLICIES).filter(([attach]) => isTrue(input[attach]));
  return [
    named(call, "aws_iam_role", "this[0]", {
      ...nameOrPrefix(usesPrefix, input.name),
      ...path,
      permissions_boundary: input.permissions_boundary_arn,
      description: input.description,
      max_session_duration: input.max_session_duration,
    }),
    ...(isTrue(input.attach_custom_policy)
      ? [
          named(call, "aws_iam_policy", "custom[0]", {
            ...nameOrPrefix(usesPrefix, input.name),
            ...path,
            description: input.custom_policy_description,
          }),
        ]
      : []),
    ...ready.map(([attach, [resource, name]]) => {
      const own = coalesce(
        input[attach.replace(/^attach_(.*)$/, "$1_name")],
        input[`${resource}_policy_name`],
        joined(prefix, name),
      );
      return named(call, "aws_iam_policy", `${resource}[0]`, { ...nameOrPrefix(usesPrefix, own), ...path });
    }),
    ...entries(input.associations).map(([key, association]) =>
      named(
        call,
        "aws_eks_pod_identity_association",
        `this["${key}"]`,
        pick(association, "cluster_name", "namespace", "service_account"),
      ),
    ),
  ];
}

function pick(value: Value, ...keys: readonly string[]): Attributes {
  const known = Object.fromEntries(entries(value));
  return Object.fromEntries(keys.map((key) => [key, known[key]]));
}

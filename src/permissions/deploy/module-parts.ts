import type { Resource } from "../../guardrails/resource";
import { entries, isAbsent, isFalse, isMap, isTrue, text, type Value } from "../../values/value";

/**
 * Types that a call of a registry module makes beside those that are read from its inputs by name; from the modules'
 * own files at the versions of cdktf.json. Their names are AWS's, or nothing that a permission looks at.
 */
const parts: Readonly<Partial<Record<string, readonly string[]>>> = {
  "terraform-aws-modules/vpc/aws": [
    "aws_default_network_acl",
    "aws_default_route_table",
    "aws_default_security_group",
    "aws_vpc",
  ],
  "terraform-aws-modules/vpc/aws//modules/vpc-endpoints": [
    "aws_security_group",
    "aws_security_group_rule",
    "aws_vpc_endpoint",
  ],
  "terraform-aws-modules/eks/aws": [
    "aws_eks_access_entry",
    "aws_eks_access_policy_association",
    "aws_eks_cluster",
    "aws_security_group_rule",
    "aws_ec2_tag",
  ],
  "terraform-aws-modules/eks/aws//modules/eks-managed-node-group": [
    "aws_eks_node_group",
    "aws_launch_template",
  ],
  "terraform-aws-modules/eks/aws//modules/karpenter": [
    "aws_cloudwatch_event_target",
    "aws_eks_access_entry",
    "aws_sqs_queue_policy",
  ],
};

/** Data sources that a call of a module reads, from the same files. What none of AWS's services answers is left out. */
function dataOf({ attributes: input }: Resource): string[] {
  switch (input.source) {
    case "terraform-aws-modules/eks/aws":
      return [
        "data.aws_iam_session_context",
        ...(entries(input.addons).length > 0 ? ["data.aws_eks_addon_version"] : []),
      ];
    case "terraform-aws-modules/eks/aws//modules/eks-managed-node-group":
      return [
        ...(isAbsent(input.kubernetes_version) ? ["data.aws_eks_cluster_versions"] : []),
        ...(isFalse(input.use_latest_ami_release_version) ? [] : ["data.aws_ssm_parameter"]),
        ...(isTrue(input.enable_efa_support) ? ["data.aws_ec2_instance_type"] : []),
        ...(isFalse(input.create_security_group) ? [] : ["data.aws_subnet"]),
      ];
    case "terraform-aws-modules/vpc/aws//modules/vpc-endpoints":
      return isAbsent(input.region) ? ["data.aws_vpc_endpoint_service"] : [];
    default:
      return [];
  }
}

/** AWS's own policies that a module puts on its roles, by the role's address in the module. */
const awsPolicies: Readonly<Partial<Record<string, Readonly<Record<string, readonly string[]>>>>> = {
  "terraform-aws-modules/eks/aws": { "aws_iam_role.this[0]": ["AmazonEKSClusterPolicy"] },
  "terraform-aws-modules/eks/aws//modules/eks-managed-node-group": {
    "aws_iam_role.this[0]": ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryReadOnly"],
  },
  "terraform-aws-modules/eks/aws//modules/karpenter": {
    "aws_iam_role.node[0]": ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
  },
};

/** What roles are passed to, by the module and the role's address in it (EKS User Guide, of each role). */
const passedTo: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = {
  "terraform-aws-modules/eks/aws": { "aws_iam_role.this[0]": "eks.amazonaws.com" },
  "terraform-aws-modules/eks/aws//modules/eks-managed-node-group": {
    "aws_iam_role.this[0]": "eks.amazonaws.com",
  },
  "terraform-aws-modules/eks/aws//modules/karpenter": {
    "aws_iam_role.controller[0]": "pods.eks.amazonaws.com",
  },
  "terraform-aws-modules/eks-pod-identity/aws": { "aws_iam_role.this[0]": "pods.eks.amazonaws.com" },
};

/** Resources without names that a call makes. */
export function namelessParts(call: Resource): Resource[] {
  const types = [
    ...(parts[text(call.attributes.source)] ?? []),
    ...dataOf(call),
    // The node group's module, for EFA; its group has a name, and is read with the others.
    ...(isMap(call.attributes.security_group_ingress_rules)
      ? ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"]
      : []),
  ];
  return types.map((type) => ({ ...call, type, address: `${call.address}.${type}`, attributes: {} }));
}

/** What else the deploy does with a role of a module. */
export interface ModuleRoleUse {
  readonly policyArns: readonly string[];
  readonly passedTo?: string;
}

/** Policies that a call attaches to a role of it, and the service that it is passed to. */
export function useOf(call: Resource, role: Resource, partition: string): ModuleRoleUse {
  const source = text(call.attributes.source);
  const inner = role.address.slice(call.address.length + 1);
  const given = call.attributes;
  const isNode = inner === "aws_iam_role.node[0]";
  const further = [
    isNode ? given.node_iam_role_additional_policies : given.iam_role_additional_policies,
    ...(isNode ? [] : [given.additional_policy_arns]),
  ].flatMap(arnsIn);
  const own = isFalse(given.create_iam_role) ? [] : (awsPolicies[source]?.[inner] ?? []);
  const service = passedTo[source]?.[inner];
  return {
    policyArns: [...own.map((name) => `arn:${partition}:iam::aws:policy/${name}`), ...further],
    ...(service !== undefined && { passedTo: service }),
  };
}

function arnsIn(value: Value): string[] {
  return isMap(value)
    ? Object.values(value)
        .map(text)
        .filter((each) => each.startsWith("arn:"))
    : [];
}

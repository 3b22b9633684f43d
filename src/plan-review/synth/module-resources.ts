import { canonical, field, fields, isObject, items, type Json, text } from "../../terraform-plan/json";

/** A resource as a synthesis has it: what a plan would know of it, without what AWS computes. */
export interface SynthesizedResource {
  readonly address: string;
  readonly type: string;
  readonly values: { readonly [key: string]: Json };
}

type Values = SynthesizedResource["values"];
type Maker = (inputs: Json) => readonly (readonly [type: string, name: string, values: Values])[];

/**
 * What calls of registry modules make of their inputs, as far as the rules judge it (versions as in cdktf.json): without it a
 * comparison of two syntheses would see the platform's own resources only. Addresses are those of a plan.
 */
export function resourcesOfModule(name: string, call: Json): SynthesizedResource[] {
  const make = MAKERS.get(text(field(call, "source")) ?? "");
  return (make?.(call) ?? []).map(([type, local, values]) => {
    const address = `module.${name}.${type}.${local}`;
    return { address, type, values: { id: address, ...values } };
  });
}

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["terraform-aws-modules/vpc/aws", vpc],
  ["terraform-aws-modules/vpc/aws//modules/vpc-endpoints", endpoints],
  ["terraform-aws-modules/eks/aws", cluster],
  ["terraform-aws-modules/eks/aws//modules/eks-managed-node-group", nodeGroup],
  ["terraform-aws-modules/eks/aws//modules/karpenter", karpenter],
  ["terraform-aws-modules/eks-pod-identity/aws", podIdentity],
]);

/** Inputs under the names that the resource has for them; what is not given is left out. */
function given(inputs: Json, names: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    Object.entries(names).flatMap(([attribute, input]) => {
      const value = field(inputs, input);
      return value === undefined ? [] : [[attribute, value] as const];
    }),
  );
}

/** vpc 6.5.1, main.tf. */
function vpc(inputs: Json): ReturnType<Maker> {
  return [
    [
      "aws_vpc",
      "this[0]",
      { ...given(inputs, { cidr_block: "cidr" }), tags: given(inputs, { Name: "name" }) },
    ],
  ];
}

/** vpc 6.5.1, modules/vpc-endpoints/main.tf. */
function endpoints(inputs: Json): ReturnType<Maker> {
  return fields(field(inputs, "endpoints")).map(([key, each]) => [
    "aws_vpc_endpoint",
    `this["${key}"]`,
    {
      ...given(inputs, { vpc_id: "vpc_id" }),
      ...given(each, { tags: "tags", policy: "policy", service_name: "service" }),
    },
  ]);
}

/** eks 21.11.0, main.tf and node_groups.tf. */
function cluster(inputs: Json): ReturnType<Maker> {
  const name = text(field(inputs, "name")) ?? "";
  const rules = (input: string, local: string) =>
    fields(field(inputs, input)).map(
      ([key, rule]) =>
        ["aws_security_group_rule", `${local}["${key}"]`, { type: "ingress", ...object(rule) }] as const,
    );
  return [
    [
      "aws_eks_cluster",
      "this[0]",
      {
        ...given(inputs, {
          name: "name",
          version: "kubernetes_version",
          enabled_cluster_log_types: "enabled_log_types",
          deletion_protection: "deletion_protection",
        }),
        vpc_config: [
          given(inputs, {
            endpoint_private_access: "endpoint_private_access",
            endpoint_public_access: "endpoint_public_access",
            public_access_cidrs: "endpoint_public_access_cidrs",
          }),
        ],
        kubernetes_network_config: [
          given(inputs, { service_ipv4_cidr: "service_ipv4_cidr", ip_family: "ip_family" }),
        ],
        encryption_config: [field(inputs, "encryption_config") ?? []].flat(),
      },
    ],
    [
      "aws_cloudwatch_log_group",
      "this[0]",
      {
        name: `/aws/eks/${name}/cluster`,
        ...given(inputs, { retention_in_days: "cloudwatch_log_group_retention_in_days" }),
      },
    ],
    ["aws_iam_role", "this[0]", given(inputs, { name: "iam_role_name" })],
    ...fields(field(inputs, "access_entries")).flatMap(([key, entry]) => accessEntry(name, key, entry)),
    ...rules("security_group_additional_rules", "cluster"),
    ...rules("node_security_group_additional_rules", "node"),
  ];
}

function accessEntry(cluster: string, key: string, entry: Json): ReturnType<Maker> {
  const whom = { cluster_name: cluster, ...given(entry, { principal_arn: "principal_arn" }) };
  return [
    [
      "aws_eks_access_entry",
      `this["${key}"]`,
      { ...whom, ...given(entry, { kubernetes_groups: "kubernetes_groups" }) },
    ],
    ...fields(field(entry, "policy_associations")).map(([policy, each]) => {
      const scope = field(each, "access_scope");
      const values = { ...whom, ...given(each, { policy_arn: "policy_arn" }), access_scope: [scope ?? {}] };
      return ["aws_eks_access_policy_association", `this["${key}_${policy}"]`, values] as const;
    }),
  ];
}

/** eks 21.11.0, modules/eks-managed-node-group/main.tf; its user data is made by modules/_user_data. */
function nodeGroup(inputs: Json): ReturnType<Maker> {
  const name = text(field(inputs, "name")) ?? "";
  const template = `template of ${name}`;
  return [
    [
      "aws_eks_node_group",
      "this[0]",
      {
        node_group_name_prefix: `${name}-`,
        ...given(inputs, {
          cluster_name: "cluster_name",
          subnet_ids: "subnet_ids",
          ami_type: "ami_type",
          release_version: "ami_release_version",
          version: "kubernetes_version",
          capacity_type: "capacity_type",
          instance_types: "instance_types",
          labels: "labels",
        }),
        ...(text(field(inputs, "ami_id")) !== undefined && { ami_type: "CUSTOM" }),
        scaling_config: [
          given(inputs, { min_size: "min_size", max_size: "max_size", desired_size: "desired_size" }),
        ],
        taint: fields(field(inputs, "taints")).map(([, taint]) => taint),
        update_config: [field(inputs, "update_config") ?? {}],
        launch_template: [{ id: template }],
      },
    ],
    [
      "aws_launch_template",
      "this[0]",
      {
        id: template,
        user_data: userData(inputs),
        block_device_mappings: fields(field(inputs, "block_device_mappings")).map(([, each]) => each),
        ...given(inputs, {
          metadata_options: "metadata_options",
          image_id: "ami_id",
          placement: "placement",
          capacity_reservation_specification: "capacity_reservation_specification",
          network_interfaces: "network_interfaces",
          vpc_security_group_ids: "vpc_security_group_ids",
        }),
      },
    ],
    ["aws_iam_role", "this[0]", given(inputs, { name: "iam_role_name" })],
  ];
}

const BOUNDARY = "octarine-part";

function userData(inputs: Json): string {
  const settings = text(field(inputs, "bootstrap_extra_args"));
  if (settings !== undefined) return `[settings.kubernetes]\n${settings}`;
  const parts = items(field(inputs, "cloudinit_pre_nodeadm")).map((part) => {
    const [kind, content] = ["content_type", "content"].map((key) => text(field(part, key)) ?? "");
    return `--${BOUNDARY}\nContent-Type: ${kind ?? ""}\n\n${content ?? ""}\n`;
  });
  const head = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${BOUNDARY}"\n\n`;
  return parts.length === 0 ? "" : `${head}${parts.join("")}--${BOUNDARY}--\n`;
}

/** eks 21.11.0, modules/karpenter/main.tf. */
function karpenter(inputs: Json): ReturnType<Maker> {
  return [
    ["aws_iam_role", "controller[0]", given(inputs, { name: "iam_role_name" })],
    ["aws_iam_role", "node[0]", given(inputs, { name: "node_iam_role_name" })],
    [
      "aws_iam_role_policy",
      "controller[0]",
      {
        ...given(inputs, { name: "iam_policy_name", role: "iam_role_name" }),
        policy: policy(field(inputs, "iam_policy_statements")),
      },
    ],
  ];
}

/** eks-pod-identity 2.6.0, main.tf. */
function podIdentity(inputs: Json): ReturnType<Maker> {
  const name = text(field(inputs, "name")) ?? "";
  // By its name in place of its ARN: one stands for the other here.
  const role = name;
  const statements = field(inputs, "policy_statements");
  return [
    ["aws_iam_role", "this[0]", { arn: role, ...given(inputs, { name: "name" }) }],
    ...(statements === undefined
      ? []
      : [["aws_iam_policy", "custom[0]", { name, policy: policy(statements) }] as const]),
    ...fields(field(inputs, "associations")).map(
      ([key, each]) =>
        [
          "aws_eks_pod_identity_association",
          `this["${key}"]`,
          {
            role_arn: role,
            ...given(each, {
              cluster_name: "cluster_name",
              namespace: "namespace",
              service_account: "service_account",
            }),
          },
        ] as const,
    ),
  ];
}

/** The document that aws_iam_policy_document prints for statements of a module's input, a list or a map. */
function policy(statements: Json | undefined): string {
  const all = isObject(statements) ? Object.values(statements) : items(statements);
  return canonical({ Version: "2012-10-17", Statement: all.map(statement) });
}

function statement(from: Json): Json {
  const conditions = [field(from, "condition"), field(from, "conditions")].filter(
    (each) => each !== undefined,
  );
  return {
    Effect: "Allow",
    ...given(from, {
      Sid: "sid",
      Effect: "effect",
      Action: "actions",
      NotAction: "not_actions",
      Resource: "resources",
      NotResource: "not_resources",
    }),
    ...(conditions.length > 0 && { Condition: conditions }),
  };
}

function object(value: Json): Values {
  return isObject(value) ? value : {};
}

import { READY_POLICIES } from "../../guardrails/read/module-names";
import { statement, unreadPolicy } from "../../guardrails/read/policy-statements";
import type { AwsPlace, Resource } from "../../guardrails/resource";
import { at, entries, isAbsent, isFalse, isMap, isTrue, items, text, type Value } from "../../values/value";
import { ModuleWriter } from "./module-writer";

/** What a call of a registry module gives one of its roles. */
export interface ModuleRole {
  /** Below the call's: `aws_iam_role.this[0]`. */
  readonly address: string;
  readonly trust: readonly Resource[];
  /** Policies that the module writes. */
  readonly own: readonly { readonly address: string; readonly statements: readonly Resource[] }[];
  /** ARNs of others that it attaches. */
  readonly attached: readonly Value[];
}

export interface ModuleGrants {
  readonly roles: readonly ModuleRole[];
  /** The statements of queues' policies, by the queue's address below the call's. */
  readonly queues: Readonly<Record<string, readonly Resource[]>>;
}

/** Roles and policies that a registry module makes of its inputs (versions as in cdktf.json). */
export function moduleGrants(call: Resource, place: AwsPlace): ModuleGrants {
  const before = known.get(call);
  if (before?.place === place) return before.given;
  const grants = GRANTS[text(call.attributes.source)];
  const given = grants === undefined ? { roles: [], queues: {} } : grants(new ModuleWriter(call, place));
  known.set(call, { place, given });
  return given;
}

/** Asked by who grants and by who deploys. */
const known = new WeakMap<Resource, { readonly place: AwsPlace; readonly given: ModuleGrants }>();

const GRANTS: Readonly<Record<string, (writer: ModuleWriter) => ModuleGrants>> = {
  "terraform-aws-modules/eks-pod-identity/aws": podIdentity,
  "terraform-aws-modules/eks/aws": cluster,
  "terraform-aws-modules/eks/aws//modules/eks-managed-node-group": nodeGroup,
  "terraform-aws-modules/eks/aws//modules/karpenter": karpenter,
};

function valuesOf(value: Value): Value[] {
  return entries(value).map(([, each]) => each);
}

/** eks-pod-identity: main.tf; every ready-made policy has the caller's statements as well. */
function podIdentity(writer: ModuleWriter): ModuleGrants {
  const { input } = writer;
  const unread = (policy: Resource) =>
    isAbsent(input.source_policy_documents) && isAbsent(input.override_policy_documents)
      ? []
      : [unreadPolicy(policy, "identity", "policy")];
  const own = (address: string, document?: string) => {
    const policy = writer.at(address);
    const statements = [
      ...writer.given(policy, input.policy_statements),
      ...(document === undefined ? [] : writer.document(document, policy)),
      ...unread(policy),
    ];
    return { address, statements };
  };
  const ready = Object.entries(READY_POLICIES).filter(([attach]) => isTrue(input[attach]));
  return {
    roles: [
      {
        address: "aws_iam_role.this[0]",
        trust: [
          ...writer.trusted("aws_iam_role.this[0]", "pods.eks", ["sts:AssumeRole", "sts:TagSession"]),
          ...items(input.trust_policy_statements).map((each, index) =>
            statement(writer.at("aws_iam_role.this[0]"), "trust", isMap(each) ? each : {}, index + 1),
          ),
        ],
        own: [
          ...(isTrue(input.attach_custom_policy) ? [own("aws_iam_policy.custom[0]")] : []),
          ...ready.map(([, [document]]) => own(`aws_iam_policy.${document}[0]`, document)),
        ],
        attached: [
          ...(isTrue(input.attach_aws_cloudwatch_observability_policy)
            ? [writer.aws("CloudWatchAgentServerPolicy"), writer.aws("AWSXrayWriteOnlyAccess")]
            : []),
          ...valuesOf(input.additional_policy_arns),
        ],
      },
    ],
    queues: {},
  };
}

/** eks: main.tf. */
function cluster(writer: ModuleWriter): ModuleGrants {
  const { input } = writer;
  const address = "aws_iam_policy.cluster_encryption[0]";
  const key = at(input.encryption_config, "provider_key_arn");
  const actions = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"];
  return {
    roles: [
      {
        address: "aws_iam_role.this[0]",
        trust: writer.trusted("aws_iam_role.this[0]", "eks", ["sts:AssumeRole", "sts:TagSession"]),
        own:
          isAbsent(key) || isFalse(input.attach_encryption_policy)
            ? []
            : [
                {
                  address,
                  statements: [statement(writer.at(address), "identity", { actions, resources: [key] }, 0)],
                },
              ],
        attached: [writer.aws("AmazonEKSClusterPolicy"), ...valuesOf(input.iam_role_additional_policies)],
      },
    ],
    queues: {},
  };
}

/** eks: modules/eks-managed-node-group/main.tf. */
function nodeGroup(writer: ModuleWriter): ModuleGrants {
  const { input } = writer;
  return {
    roles: isFalse(input.create_iam_role)
      ? []
      : [
          {
            address: "aws_iam_role.this[0]",
            trust: writer.trusted("aws_iam_role.this[0]", "ec2"),
            own: isAbsent(input.iam_role_policy_statements)
              ? []
              : [
                  {
                    address: "aws_iam_role_policy.this[0]",
                    statements: writer.given(
                      writer.at("aws_iam_role_policy.this[0]"),
                      input.iam_role_policy_statements,
                    ),
                  },
                ],
            attached: [
              writer.aws("AmazonEKSWorkerNodePolicy"),
              writer.aws("AmazonEC2ContainerRegistryReadOnly"),
              ...cniPolicy(writer, "iam_role_attach_cni_policy"),
              ...valuesOf(input.iam_role_additional_policies),
            ],
          },
        ],
    queues: {},
  };
}

/** eks: modules/karpenter/main.tf, policy.tf. */
function karpenter(writer: ModuleWriter): ModuleGrants {
  const { input } = writer;
  const address = isTrue(input.enable_inline_policy)
    ? "aws_iam_role_policy.controller[0]"
    : "aws_iam_policy.controller[0]";
  const policy = writer.at(address);
  const queue = "aws_sqs_queue.this[0]";
  const trust = writer.trusted("aws_iam_role.controller[0]", "pods.eks", [
    "sts:AssumeRole",
    "sts:TagSession",
  ]);
  const overridden = [
    input.iam_role_override_assume_policy_documents,
    input.iam_role_source_assume_policy_documents,
  ];
  return {
    roles: [
      {
        address: "aws_iam_role.controller[0]",
        trust: overridden.every(isAbsent)
          ? trust
          : [unreadPolicy(writer.at("aws_iam_role.controller[0]"), "trust", "assume_role_policy")],
        own: [
          {
            address,
            statements: [
              ...writer.document("controller", policy),
              ...writer.given(policy, input.iam_policy_statements),
            ],
          },
        ],
        attached: valuesOf(input.iam_role_policies),
      },
      ...(isFalse(input.create_node_iam_role)
        ? []
        : [
            {
              address: "aws_iam_role.node[0]",
              trust: writer.trusted("aws_iam_role.node[0]", "ec2"),
              own: [],
              attached: [
                writer.aws("AmazonEKSWorkerNodePolicy"),
                writer.aws("AmazonEC2ContainerRegistryPullOnly"),
                ...cniPolicy(writer, "node_iam_role_attach_cni_policy"),
                ...valuesOf(input.node_iam_role_additional_policies),
              ],
            },
          ]),
    ],
    queues: isFalse(input.enable_spot_termination)
      ? {}
      : { [queue]: writer.document("queue", writer.at(queue), "resource") },
  };
}

function cniPolicy(writer: ModuleWriter, attach: string): Value[] {
  if (isFalse(writer.input[attach])) return [];
  return text(writer.input.cluster_ip_family) === "ipv6"
    ? [`arn:${writer.place.partition}:iam::${writer.place.account}:policy/AmazonEKS_CNI_IPv6_Policy`]
    : [writer.aws("AmazonEKS_CNI_Policy")];
}

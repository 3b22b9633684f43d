import type { Note } from "../notes";
import type { Resource } from "./project";

type Said = Pick<Note, "is" | "says">;

const changed = (says: string): Said => ({ is: "changed", says });
const lost = (says: string): Said => ({ is: "lost", says });

/** What is said of resources that nothing is made of, by their address and type; the first that matches. */
const BY_ADDRESS: readonly (readonly [RegExp, Said])[] = [
  [/(^|\.)module\.[\w-]*karpenter/i, changed("karpenter brings its queue, its rules and its roles")],
  [
    /flow_log/,
    changed("flow logs are those of network.flowLogs: to CloudWatch for 90 days where nothing is written"),
  ],
];

const BY_TYPE: readonly (readonly [RegExp, Said])[] = [
  [/^aws_eip$/, changed("new addresses: where partners know these, write network.egress.elasticIps")],
  [/^aws_default_/, lost("what AWS puts into each VPC is left as the VPC's module has it")],
  [/^aws_network_acl/, changed("network ACLs are those of network.networkAcls")],
  [/^aws_(flow_log)$/, changed("flow logs are those of network.flowLogs")],
  [
    /^aws_(security_group|security_group_rule|vpc_security_group_\w+)$/,
    changed(
      "the platform makes the groups of cluster and nodes; rules of yours go into cluster.securityGroupRules",
    ),
  ],
  [/^aws_kms_/, changed("keys are made with what they encrypt")],
  [
    /^aws_iam_(role|role_policy|role_policies_exclusive|role_policy_attachment|policy|policy_attachment|instance_profile)$/,
    changed(
      "roles of the platform are its own, with the policies that it proves; those of pods go into podIdentities",
    ),
  ],
  [
    /^aws_iam_openid_connect_provider$/,
    lost("no OIDC provider is needed: pods get roles by EKS Pod Identity"),
  ],
  [
    /^aws_eks_fargate_profile$/,
    lost("pods on Fargate are not part of the platform; karpenter makes nodes for them"),
  ],
  [/^aws_eks_identity_provider_config$/, lost("people get in by IAM roles (cluster.access)")],
  [/^aws_eks_capability$/, lost("EKS capabilities are not part of the platform; gitops installs Argo CD")],
  [/^aws_eks_cluster$/, lost("another cluster: a file has one target; import it by --cluster")],
  [
    /^aws_(vpc|subnet|route|route_table|route_table_association|nat_gateway|internet_gateway|vpc_\w+)$/,
    lost(
      "of another VPC, or a part of one that the platform does not have: it belongs to a project of its own",
    ),
  ],
  [
    /^aws_(ec2_transit_gateway|vpc_peering)\w*$/,
    lost("networks that are connected are written in network.connections"),
  ],
  [/^aws_egress_only_internet_gateway$/, changed("network.ipv6 makes it")],
  [/^aws_cloudwatch_log_group$/, changed("log groups are made with what writes into them")],
  [/^aws_launch_(template|configuration)$/, changed("launch templates are made with the group")],
  [/^aws_(autoscaling)_\w+$/, lost("EKS manages the groups of instances, and karpenter makes nodes")],
  [
    /^(time|null|random|tls|cloudinit|local|external|terraform)_/,
    lost("of Terraform's own run: nothing of it is in AWS"),
  ],
  [
    /^(kubernetes|kubectl)_/,
    lost("an object in the cluster: apply it to the new one (workloads, or gitops)"),
  ],
];

const OTHER = lost("no part of the platform: leave it in a project of its own");

export function saidOfKind({ address, type }: Resource): Said {
  const [, said = OTHER] =
    BY_ADDRESS.find(([matches]) => matches.test(address)) ??
    BY_TYPE.find(([matches]) => matches.test(type)) ??
    [];
  return said;
}

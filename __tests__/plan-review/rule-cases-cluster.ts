import { entry } from "./support";

const cluster = (vpc: object, more: object = {}) => ({
  name: "prod",
  version: "1.33",
  vpc_config: [vpc],
  ...more,
});
const closed = { endpoint_private_access: true, endpoint_public_access: false };
const manifests = (objects: object) => ({
  name: "policies",
  chart: "./assets/manifests",
  values: [JSON.stringify({ manifests: objects })],
});
const object = (kind: string, name: string, more: object = {}) => ({
  apiVersion: "v1",
  kind,
  metadata: { name },
  ...more,
});

const gateway = (apiVersion: string, spec: string) => object("Gateway", "public", { apiVersion, spec });

/** Rule, violating entry, what it must say, and a clean entry on which the rule must keep still. */
export const clusterCases: readonly [string, object, string, object][] = [
  [
    "EKS-ENDPOINT",
    entry("aws_eks_cluster", {
      before: cluster(closed),
      after: cluster({ ...closed, endpoint_public_access: true }),
    }),
    "opens the Kubernetes API of prod to the whole internet (0.0.0.0/0)",
    entry("aws_eks_cluster", { before: cluster(closed), after: cluster(closed, { tags: { a: "b" } }) }),
  ],
  [
    "EKS-ENDPOINT-CLOSED",
    entry("aws_eks_cluster", {
      before: cluster(closed),
      after: cluster({ ...closed, endpoint_private_access: false }),
    }),
    "turns off the private endpoint of prod",
    entry("aws_eks_cluster", { before: cluster({ endpoint_private_access: false }), after: cluster(closed) }),
  ],
  [
    "EKS-LOGGING",
    entry("aws_eks_cluster", {
      before: cluster(closed, { enabled_cluster_log_types: ["api", "audit"] }),
      after: cluster(closed, { enabled_cluster_log_types: ["api"] }),
    }),
    "turns off the control plane logs audit",
    entry("aws_eks_cluster", {
      before: cluster(closed, { enabled_cluster_log_types: ["api", "audit"] }),
      after: cluster(closed, { enabled_cluster_log_types: ["audit", "api"] }),
    }),
  ],
  [
    "EKS-PROTECTION",
    entry("aws_eks_cluster", {
      before: cluster(closed, { deletion_protection: true }),
      after: cluster(closed, { deletion_protection: false }),
    }),
    "turns off the cluster's deletion protection",
    entry("aws_eks_cluster", {
      before: cluster(closed, { deletion_protection: false }),
      after: cluster(closed, { deletion_protection: true }),
    }),
  ],
  [
    "EKS-ACCESS",
    entry("aws_eks_access_policy_association", {
      after: {
        cluster_name: "prod",
        principal_arn: "arn:aws:iam::1:role/dev",
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        access_scope: [{ type: "namespace", namespaces: ["shop"] }],
      },
    }),
    "gives arn:aws:iam::1:role/dev AmazonEKSViewPolicy in the namespaces shop",
    entry("aws_eks_access_entry", {
      before: { principal_arn: "a", kubernetes_groups: ["x"] },
      after: { principal_arn: "a", kubernetes_groups: ["x"] },
    }),
  ],
  [
    "EKS-ACCESS-LOST",
    entry("aws_eks_access_entry", { before: { principal_arn: "arn:aws:iam::1:role/dev" } }),
    "takes access from arn:aws:iam::1:role/dev",
    entry("aws_eks_access_entry", { after: { principal_arn: "arn:aws:iam::1:role/dev" } }),
  ],
  [
    "NODES-FEWER",
    entry("aws_eks_node_group", {
      before: { node_group_name: "main", scaling_config: [{ desired_size: 9 }] },
      after: { node_group_name: "main", scaling_config: [{ desired_size: 4, max_size: 9 }] },
    }),
    "shrinks node group main from 9 to 4 nodes",
    entry("aws_eks_node_group", {
      before: { node_group_name: "main", scaling_config: [{ desired_size: 3 }] },
      after: { node_group_name: "main", scaling_config: [{ desired_size: 5, max_size: 9 }] },
    }),
  ],
  [
    "NODES-SIZE-REFUSED",
    entry("aws_eks_node_group", {
      before: { node_group_name: "main", scaling_config: [{ min_size: 3, max_size: 6, desired_size: 3 }] },
      after: { node_group_name: "main", scaling_config: [{ min_size: 5, max_size: 8, desired_size: 3 }] },
    }),
    "sets the minimum of node group main to 5 nodes, and 3 run: AWS refuses it",
    entry("aws_eks_node_group", {
      before: { node_group_name: "main", scaling_config: [{ min_size: 3, max_size: 6, desired_size: 5 }] },
      after: { node_group_name: "main", scaling_config: [{ min_size: 5, max_size: 8, desired_size: 5 }] },
    }),
  ],
  [
    "NODES-SIZE-REFUSED",
    entry("aws_eks_node_group", {
      before: { node_group_name: "main", scaling_config: [{ min_size: 1, max_size: 6, desired_size: 5 }] },
      after: { node_group_name: "main", scaling_config: [{ min_size: 1, max_size: 4, desired_size: 5 }] },
    }),
    "sets the maximum of node group main to 4 nodes, and 5 run: AWS refuses it",
    entry("aws_eks_node_group", {
      before: { node_group_name: "main", scaling_config: [{ min_size: 1, max_size: 6, desired_size: 4 }] },
      after: { node_group_name: "main", scaling_config: [{ min_size: 1, max_size: 4, desired_size: 4 }] },
    }),
  ],
  [
    "CNI-RESTART",
    entry("aws_eks_addon", {
      before: { addon_name: "vpc-cni", addon_version: "v1.20.0-eksbuild.1" },
      after: { addon_name: "vpc-cni", addon_version: "v1.21.0-eksbuild.1" },
    }),
    "restarts the VPC CNI on every node",
    entry("aws_eks_addon", {
      before: { addon_name: "vpc-cni", addon_version: "v1", tags: {} },
      after: { addon_name: "vpc-cni", addon_version: "v1", tags: { a: "b" } },
    }),
  ],
  [
    "CNI-LOST",
    entry("helm_release", { before: { name: "cilium", chart: "cilium" } }),
    "deletes the Helm release cilium",
    entry("helm_release", { before: { name: "cilium-tools", chart: "tools" } }),
  ],
  [
    "HELM-LOST",
    entry("helm_release", { before: { name: "karpenter", chart: "karpenter" } }),
    "deletes the Helm release karpenter",
    entry("helm_release", { after: { name: "karpenter", chart: "karpenter" } }),
  ],
  [
    "HELM-UPGRADE",
    entry("helm_release", {
      before: { name: "karpenter", chart: "karpenter", version: "1.6.0" },
      after: { name: "karpenter", chart: "karpenter", version: "1.7.0" },
    }),
    "upgrades the chart of karpenter",
    entry("helm_release", {
      before: { name: "karpenter", chart: "karpenter", version: "1.6.0", timeout: 300 },
      after: { name: "karpenter", chart: "karpenter", version: "1.6.0", timeout: 600 },
    }),
  ],
  [
    "MANIFESTS-CHANGED",
    entry("helm_release", {
      before: manifests({ a: object("NetworkPolicy", "deny-all"), b: object("ConfigMap", "old") }),
      after: manifests({ a: object("NetworkPolicy", "deny-all", { spec: {} }) }),
    }),
    "changes Kubernetes objects of policies",
    entry("helm_release", {
      before: manifests({ a: object("ConfigMap", "one") }),
      after: manifests({ renamed: object("ConfigMap", "one") }),
    }),
  ],
  [
    // Of one name and kind, of two groups.
    "MANIFESTS-CHANGED",
    entry("helm_release", {
      before: manifests({
        a: gateway("networking.istio.io/v1", "a"),
        b: gateway("gateway.networking.k8s.io/v1", "b"),
      }),
      after: manifests({
        a: gateway("networking.istio.io/v1", "c"),
        b: gateway("gateway.networking.k8s.io/v1", "b"),
      }),
    }),
    "changes Kubernetes objects of policies",
    entry("helm_release", {
      before: manifests({ a: gateway("networking.istio.io/v1", "a") }),
      after: manifests({ moved: gateway("networking.istio.io/v1", "a") }),
    }),
  ],
  [
    "IAM-WIDENED",
    entry("helm_release", {
      before: manifests({}),
      after: manifests({
        a: object("ClusterRoleBinding", "everybody", {
          roleRef: { kind: "ClusterRole", name: "cluster-admin" },
          subjects: [{ kind: "Group", name: "developers" }],
        }),
      }),
    }),
    "gives the Kubernetes role cluster-admin to Group developers by everybody",
    entry("helm_release", {
      before: manifests({}),
      after: manifests({
        a: object("ClusterRoleBinding", "readers", {
          roleRef: { kind: "ClusterRole", name: "view" },
          subjects: [{ kind: "Group", name: "developers" }],
        }),
      }),
    }),
  ],
  [
    "MANIFESTS-DATA",
    entry("helm_release", { before: manifests({ a: object("Namespace", "shop") }), after: manifests({}) }),
    "deletes Namespace shop",
    entry("helm_release", { before: manifests({}), after: manifests({ a: object("Namespace", "shop") }) }),
  ],
];

/** How long names may be that are joined of a cluster's or a namespace's and something else. */
export const nameLimits = {
  /** IAM API reference, CreateRole. */
  iamRole: 64,
  /** EKS API reference, CreateCluster. */
  eksCluster: 100,
  /** EKS API reference, CreateNodegroup: 63; Terraform completes the prefix, `<name>-`, with 26 characters. */
  nodeGroup: 36,
  /** S3 User Guide, "General purpose bucket naming rules". */
  bucket: 63,
  /** Helm: release names become label values and Secret names (helm/helm pkg/chart/common/util, v3: releaseNameMaxLen). */
  helmRelease: 53,
  /** SQS API reference, CreateQueue. */
  sqsQueue: 80,
  /** Cilium: cluster.name (cilium/cilium install/kubernetes/cilium/values.yaml). */
  ciliumCluster: 32,
} as const;

export type NameKind = keyof typeof nameLimits;

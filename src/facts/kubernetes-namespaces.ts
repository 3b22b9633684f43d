/** Namespaces that Kubernetes has of itself, and the one that GuardDuty puts its agents into. */
export const kubernetesNamespaces = [
  "amazon-guardduty",
  "kube-node-lease",
  "kube-public",
  "kube-system",
] as const;

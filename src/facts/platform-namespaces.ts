/**
 * Namespaces of Kubernetes and of the platform's components. They hold what a cluster can't be without, from charts with
 * images, privileges and probes of their own: the admission policies pass them by, and a target's `namespaces` may not
 * claim them. A test compares the list with the namespaces that the samples' releases use.
 */
export const platformNamespaces = [
  ...["kube-node-lease", "kube-public", "kube-system"],
  ...["amazon-cloudwatch", "amazon-guardduty", "argo-rollouts", "argocd", "cert-manager", "external-dns"],
  ...["cilium-secrets", "cilium-spire"],
  ...[
    "external-secrets",
    "gateways",
    "ingress-nginx",
    "istio-ingress",
    "istio-system",
    "karpenter",
    "keda",
    "logging",
    "monitoring",
    "observability",
  ],
  ...["opentelemetry", "spire", "spire-mgmt", "spire-server", "spire-system", "velero"],
] as const;

/** Where Prometheus and the collectors run. */
export const MONITORING_NAMESPACE = "monitoring";

/** Where gateways are that no component has a namespace of its own for. */
export const GATEWAYS_NAMESPACE = "gateways";

/** Where the SPIRE is that Cilium's chart brings for mutual authentication. */
export const CILIUM_SPIRE_NAMESPACE = "cilium-spire";

/** Where Argo CD runs. */
export const GITOPS_NAMESPACE = "argocd";

export function isPlatformNamespace(name: string): boolean {
  return platformNamespaces.some((each) => each === name);
}

/** Ports of a namespace of the platform that others than its own pods call. */
export interface PlatformPorts {
  /** Anybody may: webhooks, which the control plane calls, and what the namespace is there for. */
  readonly open: readonly number[];
  /** Prometheus reads them. */
  readonly metrics: readonly number[];
}

/**
 * By namespace, as the charts render them (octarine render). Pods on the host network are out of reach of policies: there the node
 * security group decides.
 */
export const platformPorts = {
  argocd: { open: [], metrics: [8080, 8082, 8083, 8084, 9001, 9101] },
  "argo-rollouts": { open: [], metrics: [8090] },
  "cert-manager": { open: [10250], metrics: [9402] },
  "external-dns": { open: [], metrics: [7979] },
  "external-secrets": { open: [10250], metrics: [8080] },
  keda: { open: [6443, 9443], metrics: [8080] },
  monitoring: { open: [10250], metrics: [] },
  velero: { open: [], metrics: [8085] },
} as const satisfies Readonly<Record<string, PlatformPorts>>;

/** Webhook of the operator and OTLP of the collector, in the namespace that a target gives them. */
export const openTelemetryPorts: PlatformPorts = { open: [4317, 4318, 9443], metrics: [8080, 8443, 8888] };

/** Ports of a namespace that two components share. */
export function bothPorts(a: PlatformPorts, b: PlatformPorts): PlatformPorts {
  const union = (one: readonly number[], other: readonly number[]) => [...new Set([...one, ...other])];
  return { open: union(a.open, b.open), metrics: union(a.metrics, b.metrics) };
}

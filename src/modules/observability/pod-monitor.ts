import type { Manifest } from "../manifest";

/** A PodMonitor for ports by name: what is read needs no Service, and its chart need not know of Prometheus. */
export function podMonitor(
  name: string,
  namespace: string,
  matchLabels: Readonly<Record<string, string>>,
  ports: readonly string[],
): Manifest {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: {
      namespaceSelector: { matchNames: [namespace] },
      selector: { matchLabels: { ...matchLabels } },
      podMetricsEndpoints: ports.map((port) => ({
        port,
        interval: "30s",
        honorLabels: true,
        relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
      })),
    },
  };
}

import type { Manifest } from "../manifest-release";

/** Whose pods hold addresses and flows. */
export interface ScrapedCni {
  readonly cilium: boolean;
  readonly vpcCni: boolean;
}

/**
 * Monitors of what was installed before Prometheus had its kinds. By pod and port name, so that no chart has to know of
 * Prometheus when it is installed.
 */
export function cniMonitors({ cilium, vpcCni }: ScrapedCni): Record<string, Manifest> {
  return {
    ...(cilium && {
      "cilium-agent": podMonitor("cilium-agent", { "k8s-app": "cilium" }, ["prometheus", "hubble-metrics"]),
      "cilium-operator": podMonitor("cilium-operator", { name: "cilium-operator" }, ["prometheus"]),
    }),
    ...(vpcCni && { "vpc-cni": podMonitor("vpc-cni", { "k8s-app": "aws-node" }, ["metrics"]) }),
  };
}

/**
 * Ports that Prometheus reads on nodes: node exporter, Cilium's agent and operator, Hubble (values of the two charts).
 * With an overlay the node security group has to name them.
 */
export const scrapedNodePorts = {
  "node-exporter": 9100,
  "cilium-agent": 9962,
  "cilium-operator": 9963,
  hubble: 9965,
} as const;

function podMonitor(
  name: string,
  matchLabels: Readonly<Record<string, string>>,
  ports: readonly string[],
): Manifest {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: {
      namespaceSelector: { matchNames: ["kube-system"] },
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

import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import { WORKLOAD_LABEL } from "../policies/labels";
import { PROXY_METRICS_PORT } from "../policies/mesh-flows";
import { objectLabels, selectorLabels, serviceSelector, type Workload } from "./workload";

/** Port of a sidecar that its container declares, and that of its agent, which has the metrics of both (istiod chart). */
const SIDECAR = {
  declared: "http-envoy-prom",
  declaredPort: 15090,
  agentPort: PROXY_METRICS_PORT,
  path: "/stats/prometheus",
};

type Measured = Pick<Workload, "name" | "app" | "namespace" | "ports" | "metrics">;

/** What tells Prometheus where the metrics are; undefined: nowhere, or the service's own monitor reads this version, too. */
export function metricsMonitor(workload: Measured): Manifest | undefined {
  const { name, app, namespace, metrics } = workload;
  if (metrics === undefined || name !== app) return undefined;
  const metadata = { name, namespace, labels: objectLabels(workload) };
  const interval = `${metrics.intervalSeconds}s`;
  // As labels of the metrics, so that versions of one service are told apart.
  const podTargetLabels = [WORKLOAD_LABEL, "version"];
  if (metrics.from === "container") {
    return {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata,
      spec: {
        selector: { matchLabels: selectorLabels(workload) },
        podTargetLabels,
        endpoints: [{ port: metrics.port, path: metrics.path, interval }],
      },
    };
  }
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata,
    spec: {
      selector: { matchLabels: serviceSelector(workload) },
      podTargetLabels,
      // A ServiceMonitor's job is the service.
      jobLabel: "app",
      podMetricsEndpoints: [
        {
          // The agent's port is one that no container declares, and only declared ones are found.
          port: SIDECAR.declared,
          path: SIDECAR.path,
          interval,
          relabelings: [
            {
              sourceLabels: ["__address__"],
              regex: `(.+):${SIDECAR.declaredPort}`,
              replacement: `$1:${SIDECAR.agentPort}`,
              targetLabel: "__address__",
            },
          ],
        },
      ],
    },
  };
}

/** What tells a sidecar's agent where the container's metrics are (Istio, "Integrations: Prometheus", metrics merging). */
export function metricsAnnotations({ ports, metrics }: Pick<Measured, "ports" | "metrics">): ChartValues {
  const port = ports.find(({ name }) => name === metrics?.port);
  if (metrics?.from !== "sidecar" || port === undefined) return {};
  return {
    "prometheus.io/scrape": "true",
    "prometheus.io/port": String(port.targetPort),
    "prometheus.io/path": metrics.path,
  };
}

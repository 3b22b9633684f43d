import { type Flow, type FlowsOf, readsKubelets } from "../flow";

const CHART = "prometheus-community/helm-charts kube-prometheus-stack-88.5.3, templates";

/** What its dashboards read, and where its alerts go. */
const betweenParts: readonly Flow[] = [
  {
    kind: "between parts",
    from: { pods: "grafana" },
    to: { pods: "prometheus" },
    port: 9090,
    protocol: "TCP",
    why: "Grafana reads Prometheus",
    source: `${CHART}/grafana/configmaps-datasources.yaml`,
  },
  {
    kind: "between parts",
    from: { pods: "prometheus" },
    to: { pods: "alertmanager" },
    port: 9093,
    protocol: "TCP",
    why: "Prometheus sends its alerts",
    source: `${CHART}/prometheus/prometheus.yaml, alerting`,
  },
];

export const kubePrometheusStackFlows: FlowsOf = (sources) => [
  ...readsKubelets("prometheus")(sources),
  ...betweenParts,
];

import { NO_PODS } from "../chart";
import type { BroughtAlong, ChartComponentRecord } from "../component";
import { pins } from "./pins";

export const prometheusOperatorCrds: ChartComponentRecord<"prometheus-operator-crds"> &
  BroughtAlong<"kube-prometheus-stack"> = {
  kind: "charts",
  name: "prometheus-operator-crds",
  broughtBy: ["kube-prometheus-stack"],
  stack: "observability",
  isUsed: ({ observability }) => observability?.prometheus !== undefined,
  settings: ["observability", "prometheus"],
  docs: "docs/components/observability.md",
  charts: {
    "prometheus-operator-crds": {
      repository: "https://prometheus-community.github.io/helm-charts",
      name: "prometheus-operator-crds",
      requests: [],
      callsOut: NO_PODS,
    },
  },
  pins,
  crds: {
    "monitoring.coreos.com": [
      "Alertmanager",
      "AlertmanagerConfig",
      "PodMonitor",
      "Probe",
      "Prometheus",
      "PrometheusAgent",
      "PrometheusRule",
      "ScrapeConfig",
      "ServiceMonitor",
      "ThanosRuler",
    ],
  },
  upgrade: { phase: "CRDs", restarts: "nothing" },
};

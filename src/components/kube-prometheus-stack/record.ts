import { isTrue } from "../../values/value";
import { asks, envMap, type ChartPods } from "../chart";
import { kubePrometheusStackFlows } from "./flows";
import type { ChartComponentRecord } from "../component";
import { alertmanagerAccounts } from "./calls";
import { pins } from "./pins";
import { kubePrometheusStackWork } from "./pods";

/** Where Prometheus and the collectors run. */
export const MONITORING_NAMESPACE = "monitoring";

/** Service of Prometheus, port 9090: the name of the release and that of the chart are one (templates/_helpers.tpl, fullname). */
export const PROMETHEUS_SERVICE = "kube-prometheus-stack-prometheus";

/** Port of the operator's webhook. On the host network 10250 is the kubelet's. */
export function prometheusOperatorPort(hostNetwork: boolean): number {
  return hostNetwork ? 10280 : 10250;
}

/** A Job that makes the webhook's certificate, and one that gives it to the API server. */
function webhookJob(name: "create" | "patch"): ChartPods {
  return {
    of: "kube-prometheus-stack",
    labels: {
      app: `kube-prometheus-stack-admission-${name}`,
      "app.kubernetes.io/component": "prometheus-operator-webhook",
    },
    serviceAccount: "kube-prometheus-stack-admission",
    work: kubePrometheusStackWork[`kube-prometheus-stack-admission-${name}`],
  };
}

export const kubePrometheusStack: ChartComponentRecord<"kube-prometheus-stack"> = {
  kind: "charts",
  name: "kube-prometheus-stack",
  stack: "observability",
  isUsed: ({ observability }) => observability?.prometheus !== undefined,
  settings: ["observability", "prometheus"],
  docs: "docs/components/observability.md",
  charts: {
    "kube-prometheus-stack": {
      repository: "https://prometheus-community.github.io/helm-charts",
      name: "kube-prometheus-stack",
      podsReadAt: ["88.5.3"],
      protections: [
        {
          path: ["grafana", "grafana.ini", "auth.anonymous", "enabled"],
          isOff: isTrue,
          protects: "login to Grafana",
        },
      ],
      requests: [
        // Its module knows the nodes, which decide.
        asks("prometheus/prometheusSpec/resources", 200, 1024, 4096),
        asks("prometheusOperator/resources", 50, 128, 512),
        asks("prometheusOperator/prometheusConfigReloader/resources", 10, 32, 128),
        asks("prometheusOperator/admissionWebhooks/patch/resources", 10, 32, 128),
        asks("alertmanager/alertmanagerSpec/resources", 20, 64, 256),
        asks("kube-state-metrics/resources", 50, 128, 1024),
        asks("prometheus-node-exporter/resources", 25, 32, 128),
        asks("grafana/resources", 100, 256, 1024),
        asks("grafana/sidecar/resources", 20, 96, 256),
      ],
      callsOut: [
        // Alertmanager reads no variables; its receivers go by this.
        {
          kind: "keys",
          path: "alertmanager.config.global.http_config",
          keys: { proxy_url: "httpsProxy", no_proxy: "noProxy" },
        },
        envMap("grafana.env", [".monitoring"]),
      ],
    },
  },
  pins,
  uis: {
    prometheus: {
      namespace: MONITORING_NAMESPACE,
      service: PROMETHEUS_SERVICE,
      port: 9090,
      scheme: "http",
      key: "observability.prometheus",
      isThere: ({ observability }) => observability?.prometheus !== undefined,
      login: () => ["it asks for no login"],
    },
    grafana: {
      namespace: MONITORING_NAMESPACE,
      // charts/grafana/templates/service.yaml; port of its values.yaml
      service: "kube-prometheus-stack-grafana",
      port: 80,
      scheme: "http",
      key: "observability.prometheus.grafana",
      isThere: ({ observability }) => observability?.prometheus?.grafana !== undefined,
      login: ({ observability }) => [
        `username and password: of the secret ${observability?.prometheus?.grafana?.adminSecret.name} in AWS, as they were when Grafana first started`,
        `kubectl -n ${MONITORING_NAMESPACE} get secret grafana-admin -o jsonpath='{.data.admin-password}' | base64 -d`,
      ],
    },
  },
  namespaces: { [MONITORING_NAMESPACE]: { open: [10250], metrics: [] }, observability: "not closed" },
  called: (onNodes) => ({ "prometheus-operator": prometheusOperatorPort(onNodes) }),
  metricsOnNodes: { "node-exporter": 9100 },
  registries: ["docker.io", "ghcr.io", "quay.io", "registry.k8s.io"],
  roles: { alertmanager: ({ config }) => config.observability?.alerts !== undefined },
  pods: {
    "kube-prometheus-stack-operator": {
      of: "kube-prometheus-stack",
      labels: { app: "kube-prometheus-stack-operator" },
      serviceAccount: "kube-prometheus-stack-operator",
      ports: { https: 10250 },
      scraped: ["https"],
      hostNetwork: "prometheusOperator.hostNetwork",
      called: "prometheus-operator",
      work: kubePrometheusStackWork["kube-prometheus-stack-operator"],
    },
    prometheus: {
      of: "kube-prometheus-stack",
      labels: { "app.kubernetes.io/name": "prometheus" },
      serviceAccount: "kube-prometheus-stack-prometheus",
      ports: { "http-web": 9090, "reloader-web": 8080 },
      readsMonitors: true,
      scraped: ["http-web", "reloader-web"],
      work: kubePrometheusStackWork.prometheus,
    },
    alertmanager: {
      of: "kube-prometheus-stack",
      labels: {
        "app.kubernetes.io/name": "alertmanager",
        alertmanager: "kube-prometheus-stack-alertmanager",
      },
      serviceAccount: "kube-prometheus-stack-alertmanager",
      serviceAccountIn: "alertmanager.serviceAccount.name",
      ports: { "http-web": 9093, "reloader-web": 8080 },
      scraped: ["http-web", "reloader-web"],
      quiet: true,
      without: "alertmanager.enabled",
      work: kubePrometheusStackWork.alertmanager,
    },
    grafana: {
      of: "kube-prometheus-stack",
      labels: { "app.kubernetes.io/name": "grafana" },
      serviceAccount: "kube-prometheus-stack-grafana",
      ports: { grafana: 3000 },
      scraped: ["grafana"],
      without: "grafana.enabled",
      work: kubePrometheusStackWork["kube-prometheus-stack-grafana"],
    },
    "kube-state-metrics": {
      of: "kube-prometheus-stack",
      labels: { "app.kubernetes.io/name": "kube-state-metrics" },
      serviceAccount: "kube-prometheus-stack-kube-state-metrics",
      ports: { http: 8080 },
      scraped: ["http"],
      work: kubePrometheusStackWork["kube-prometheus-stack-kube-state-metrics"],
    },
    "node-exporter": {
      of: "kube-prometheus-stack",
      labels: { "app.kubernetes.io/name": "prometheus-node-exporter" },
      serviceAccount: "kube-prometheus-stack-prometheus-node-exporter",
      ports: { "http-metrics": 9100 },
      scraped: ["http-metrics"],
      hostNetwork: true,
      quiet: true,
      work: kubePrometheusStackWork["kube-prometheus-stack-prometheus-node-exporter"],
    },
    "kube-prometheus-stack-admission-create": webhookJob("create"),
    "kube-prometheus-stack-admission-patch": webhookJob("patch"),
  },
  calls: alertmanagerAccounts,
  flows: kubePrometheusStackFlows,
  fits: [
    {
      needs: "prometheus-operator-crds",
      versions: ">=88 <89",
      range: ">=31 <32",
      says: "31.x",
      source: "appVersion v0.93.1 in both Chart.yaml",
      sourceDate: "2026-08-21",
    },
  ],
  upgrade: { phase: "charts", restarts: "Prometheus and Grafana; a gap without a second replica" },
};

import { given, imageAt, container, CONFINED, DROPS_ALL, type ChartWork } from "../chart-work";

/** A pod of Prometheus or Alertmanager, `values` where the chart has what its operator makes it from. */
function byOperator(name: string, values: string, image: string): Omit<ChartWork, "kind"> {
  const reloader = (each: string) =>
    container({
      name: each,
      image: imageAt(
        "prometheusOperator.prometheusConfigReloader.image.registry",
        "quay.io",
        "/prometheus-operator/prometheus-config-reloader",
      ),
      resources: "prometheusOperator.prometheusConfigReloader.resources",
      securityContext: DROPS_ALL,
    });
  return {
    replicas: given(`${values}.replicas`, 1),
    priorityClassName: given(`${values}.priorityClassName`),
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 1000 },
    init: [reloader("init-config-reloader")],
    containers: [
      container({
        name,
        image: imageAt(`${values}.image.registry`, "quay.io", `/prometheus/${image}`),
        resources: `${values}.resources`,
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
      reloader("config-reloader"),
    ],
  };
}

/** prometheus-community/helm-charts kube-prometheus-stack-88.5.3 with its subcharts, rendered with the values of every sample. */
export const kubePrometheusStackWork = {
  "kube-prometheus-stack-prometheus-node-exporter": {
    kind: "DaemonSet",
    name: "kube-prometheus-stack-prometheus-node-exporter",
    priorityClassName: "system-node-critical",
    hostPID: true,
    securityContext: { runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "node-exporter",
        image: imageAt("prometheus-node-exporter.image.registry", "quay.io", "/prometheus/node-exporter"),
        resources: "prometheus-node-exporter.resources",
        isProbed: true,
      }),
    ],
    hostPaths: { proc: "/proc", sys: "/sys", root: "/" },
  },
  "kube-prometheus-stack-grafana": {
    kind: "Deployment",
    name: "kube-prometheus-stack-grafana",
    surge: 0,
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true, runAsUser: 472 },
    containers: [
      container({
        name: "grafana-sc-dashboard",
        image: imageAt("grafana.sidecar.image.registry", "quay.io", "/kiwigrid/k8s-sidecar"),
        resources: "grafana.sidecar.resources",
        securityContext: { ...DROPS_ALL, ...CONFINED },
      }),
      container({
        name: "grafana-sc-datasources",
        image: imageAt("grafana.sidecar.image.registry", "quay.io", "/kiwigrid/k8s-sidecar"),
        resources: "grafana.sidecar.resources",
        securityContext: { ...DROPS_ALL, ...CONFINED },
      }),
      container({
        name: "grafana",
        image: imageAt("grafana.image.registry", "docker.io", "/grafana/grafana"),
        resources: "grafana.resources",
        securityContext: { ...DROPS_ALL, ...CONFINED },
        isProbed: true,
      }),
    ],
  },
  "kube-prometheus-stack-kube-state-metrics": {
    kind: "Deployment",
    name: "kube-prometheus-stack-kube-state-metrics",
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "kube-state-metrics",
        image: imageAt(
          "kube-state-metrics.image.registry",
          "registry.k8s.io",
          "/kube-state-metrics/kube-state-metrics",
        ),
        resources: "kube-state-metrics.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
  },
  "kube-prometheus-stack-operator": {
    kind: "Deployment",
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 65534 },
    containers: [
      container({
        name: "kube-prometheus-stack",
        image: imageAt(
          "prometheusOperator.image.registry",
          "quay.io",
          "/prometheus-operator/prometheus-operator",
        ),
        resources: "prometheusOperator.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
  },
  "kube-prometheus-stack-admission-create": {
    kind: "Job",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 2000 },
    containers: [
      container({
        name: "create",
        image: imageAt(
          "prometheusOperator.admissionWebhooks.patch.image.registry",
          "ghcr.io",
          "/jkroepke/kube-webhook-certgen",
        ),
        resources: "prometheusOperator.admissionWebhooks.patch.resources",
        securityContext: DROPS_ALL,
      }),
    ],
  },
  "kube-prometheus-stack-admission-patch": {
    kind: "Job",
    securityContext: { ...CONFINED, runAsNonRoot: true, runAsUser: 2000 },
    containers: [
      container({
        name: "patch",
        image: imageAt(
          "prometheusOperator.admissionWebhooks.patch.image.registry",
          "ghcr.io",
          "/jkroepke/kube-webhook-certgen",
        ),
        resources: "prometheusOperator.admissionWebhooks.patch.resources",
        securityContext: DROPS_ALL,
      }),
    ],
  },
  // Its operator makes them (prometheus-operator v0.93.1, pkg/{prometheus/server,alertmanager}/statefulset.go, config_reloader.go).
  prometheus: {
    kind: "StatefulSet",
    name: "prometheus-kube-prometheus-stack-prometheus",
    ...byOperator("prometheus", "prometheus.prometheusSpec", "prometheus"),
  },
  alertmanager: {
    kind: "StatefulSet",
    name: "alertmanager-kube-prometheus-stack-alertmanager",
    ...byOperator("alertmanager", "alertmanager.alertmanagerSpec", "alertmanager"),
  },
} satisfies Readonly<Record<string, ChartWork>>;

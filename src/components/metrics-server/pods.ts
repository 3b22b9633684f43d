import { given, imageAt, container, RESTRICTED, type ChartWork } from "../chart-work";

/** kubernetes-sigs/metrics-server metrics-server-helm-chart-3.13.1, rendered with the values of every sample. */
export const metricsServerWork = {
  "metrics-server": {
    kind: "Deployment",
    replicas: given("replicas"),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "metrics-server",
        image: imageAt("image.repository", "registry.k8s.io/metrics-server/metrics-server"),
        resources: "resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;

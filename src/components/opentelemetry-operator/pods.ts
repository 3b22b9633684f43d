import { given, imageAt, container, RESTRICTED, type ChartWork } from "../chart-work";

/** open-telemetry/opentelemetry-helm-charts opentelemetry-operator-0.122.0, rendered with the values of every sample. */
export const opentelemetryOperatorWork = {
  "opentelemetry-operator": {
    kind: "Deployment",
    replicas: given("replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true, runAsUser: 65532 },
    containers: [
      container({
        name: "manager",
        image: imageAt(
          "manager.image.repository",
          "ghcr.io/open-telemetry/opentelemetry-operator/opentelemetry-operator",
        ),
        resources: "manager.resources",
        securityContext: RESTRICTED,
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;

import { given, imageAt, over, container, CONFINED, DROPS_ALL, type ChartWork } from "../chart-work";

/** The chart's own, over which values are laid. */
const LIMITED = { limits: { cpu: 1 } };

/** kedacore/charts keda 2.20.2, rendered with the values of every sample. */
export const kedaWork = {
  "keda-operator": {
    kind: "Deployment",
    replicas: given("operator.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true },
    containers: [
      container({
        name: "keda-operator",
        image: imageAt("image.keda.registry", "ghcr.io", "/kedacore/keda"),
        resources: over("resources.operator", LIMITED),
        securityContext: { ...DROPS_ALL, ...CONFINED },
        isProbed: true,
      }),
    ],
  },
  "keda-operator-metrics-apiserver": {
    kind: "Deployment",
    replicas: given("metricsServer.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true },
    containers: [
      container({
        name: "keda-operator-metrics-apiserver",
        image: imageAt("image.keda.registry", "ghcr.io", "/kedacore/keda-metrics-apiserver"),
        resources: over("resources.metricServer", LIMITED),
        securityContext: { ...DROPS_ALL, ...CONFINED },
        isProbed: true,
      }),
    ],
  },
  "keda-admission-webhooks": {
    kind: "Deployment",
    replicas: given("webhooks.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true },
    containers: [
      container({
        name: "keda-admission-webhooks",
        image: imageAt("image.keda.registry", "ghcr.io", "/kedacore/keda-admission-webhooks"),
        resources: over("resources.webhooks", LIMITED),
        securityContext: { ...DROPS_ALL, ...CONFINED },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;

import { given, imageAt, container, CONFINED, DROPS_ALL, type ChartWork } from "../chart-work";

/** argoproj/argo-helm argo-rollouts-2.41.0, rendered with the values of every sample. */
export const argoRolloutsWork = {
  "argo-rollouts": {
    kind: "Deployment",
    replicas: given("controller.replicas"),
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true },
    containers: [
      container({
        name: "argo-rollouts",
        image: imageAt("controller.image.registry", "quay.io", "/argoproj/argo-rollouts"),
        resources: "controller.resources",
        securityContext: { ...DROPS_ALL, ...CONFINED },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;

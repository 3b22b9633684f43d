import { given, imageAt, container, CONFINED, DROPS_ALL, type ChartWork } from "../chart-work";

/** cert-manager/cert-manager v1.21.1, deploy/charts, rendered with the values of every sample. */
export const certManagerWork = {
  "cert-manager-cainjector": {
    kind: "Deployment",
    replicas: given("cainjector.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true },
    containers: [
      container({
        name: "cert-manager-cainjector",
        image: imageAt("imageRegistry", "quay.io", "/jetstack/cert-manager-cainjector"),
        resources: "cainjector.resources",
        securityContext: DROPS_ALL,
      }),
    ],
  },
  "cert-manager": {
    kind: "Deployment",
    replicas: given("replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true },
    containers: [
      container({
        name: "cert-manager-controller",
        image: imageAt("imageRegistry", "quay.io", "/jetstack/cert-manager-controller"),
        resources: "resources",
        securityContext: DROPS_ALL,
      }),
    ],
  },
  "cert-manager-webhook": {
    kind: "Deployment",
    replicas: given("webhook.replicaCount"),
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true },
    containers: [
      container({
        name: "cert-manager-webhook",
        image: imageAt("imageRegistry", "quay.io", "/jetstack/cert-manager-webhook"),
        resources: "webhook.resources",
        securityContext: DROPS_ALL,
        isProbed: true,
      }),
    ],
  },
  "cert-manager-startupapicheck": {
    kind: "Job",
    priorityClassName: "system-cluster-critical",
    securityContext: { ...CONFINED, runAsNonRoot: true },
    containers: [
      container({
        name: "cert-manager-startupapicheck",
        image: imageAt("imageRegistry", "quay.io", "/jetstack/cert-manager-startupapicheck"),
        resources: "startupapicheck.resources",
        securityContext: DROPS_ALL,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;

import { given, imageAt, container, RESTRICTED, type ChartWork } from "../chart-work";

/** external-secrets/external-secrets v2.9.0, deploy/charts, rendered with the values of every sample. */
export const externalSecretsWork = {
  "external-secrets-cert-controller": {
    kind: "Deployment",
    replicas: given("certController.replicaCount"),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "cert-controller",
        image: imageAt("global.repository", "ghcr.io/external-secrets/external-secrets"),
        resources: "certController.resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
        isProbed: true,
      }),
    ],
  },
  "external-secrets": {
    kind: "Deployment",
    replicas: given("replicaCount"),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "external-secrets",
        image: imageAt("global.repository", "ghcr.io/external-secrets/external-secrets"),
        resources: "resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
      }),
    ],
  },
  "external-secrets-webhook": {
    kind: "Deployment",
    replicas: given("webhook.replicaCount"),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "webhook",
        image: imageAt("global.repository", "ghcr.io/external-secrets/external-secrets"),
        resources: "webhook.resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;

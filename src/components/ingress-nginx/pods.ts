import { CONFINED, RESTRICTED, given, imageAt, container, type ChartWork } from "../chart-work";

/** kubernetes/ingress-nginx helm-chart-4.15.1, charts/ingress-nginx, rendered with values of ours. */
export const ingressNginxWork = {
  "ingress-nginx-controller": {
    kind: "Deployment",
    replicas: given("controller.replicaCount"),
    containers: [
      container({
        name: "controller",
        image: imageAt("global.image.registry", "registry.k8s.io", "/ingress-nginx/controller"),
        resources: "controller.resources",
        securityContext: {
          ...CONFINED,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
          runAsNonRoot: true,
          runAsUser: 101,
        },
        isProbed: true,
      }),
    ],
  },
  "ingress-nginx-admission-create": {
    kind: "Job",
    containers: [
      container({
        name: "create",
        image: imageAt("global.image.registry", "registry.k8s.io", "/ingress-nginx/kube-webhook-certgen"),
        resources: "controller.admissionWebhooks.createSecretJob.resources",
        securityContext: { ...RESTRICTED, runAsUser: 65532 },
      }),
    ],
  },
  "ingress-nginx-admission-patch": {
    kind: "Job",
    containers: [
      container({
        name: "patch",
        image: imageAt("global.image.registry", "registry.k8s.io", "/ingress-nginx/kube-webhook-certgen"),
        resources: "controller.admissionWebhooks.patchWebhookJob.resources",
        securityContext: { ...RESTRICTED, runAsUser: 65532 },
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;

import { isFalse, isTrue } from "../../values/value";
import { asks, IN_CLUSTER, type ChartPods } from "../chart";
import type { ChartWork } from "../chart-work";
import { ingressNginxWork } from "./pods";
import type { ChartComponentRecord } from "../component";
import { pins } from "./pins";

export const NGINX_NAMESPACE = "ingress-nginx";

/** Port of the webhook that judges ingresses (controller.admissionWebhooks.port); it fails closed. */
export const NGINX_WEBHOOK_PORT = 8443;

/** By which policies and services select its pods. */
export const NGINX_LABELS = { "app.kubernetes.io/name": "ingress-nginx" };

/** A Job that makes the webhook's certificate, and one that gives it to the API server. */
function webhookJob(work: ChartWork): ChartPods {
  return {
    of: "ingress-nginx",
    labels: { ...NGINX_LABELS, "app.kubernetes.io/component": "admission-webhook" },
    serviceAccount: "ingress-nginx-admission",
    work,
  };
}

export const ingressNginx: ChartComponentRecord<"ingress-nginx"> = {
  kind: "charts",
  name: "ingress-nginx",
  stack: "ingress",
  isUsed: ({ ingress }) => ingress?.nginx !== undefined,
  settings: ["ingress", "nginx"],
  docs: "docs/components/ingress.md",
  charts: {
    "ingress-nginx": {
      repository: "https://kubernetes.github.io/ingress-nginx",
      name: "ingress-nginx",
      podsReadAt: ["4.15.1"],
      protections: [
        {
          path: ["controller", "allowSnippetAnnotations"],
          isOff: isTrue,
          protects: "NGINX from configuration in annotations",
        },
        {
          path: ["controller", "admissionWebhooks", "enabled"],
          isOff: isFalse,
          protects: "the check of Ingress objects",
        },
      ],
      requests: [
        asks("controller/resources", 100, 128, 1024),
        asks("controller/admissionWebhooks/createSecretJob/resources", 10, 32, 128),
        asks("controller/admissionWebhooks/patchWebhookJob/resources", 10, 32, 128),
      ],
      callsOut: IN_CLUSTER,
    },
  },
  pins,
  namespaces: { [NGINX_NAMESPACE]: "not closed" },
  called: () => ({ "ingress-nginx": NGINX_WEBHOOK_PORT }),
  registries: ["registry.k8s.io"],
  pods: {
    "ingress-nginx-controller": {
      of: "ingress-nginx",
      labels: { ...NGINX_LABELS, "app.kubernetes.io/component": "controller" },
      serviceAccount: "ingress-nginx",
      ports: { http: 80, https: 443, metrics: 10254, webhook: 8443 },
      hostNetwork: "controller.hostNetwork",
      called: "ingress-nginx",
      work: ingressNginxWork["ingress-nginx-controller"],
    },
    "ingress-nginx-admission-create": webhookJob(ingressNginxWork["ingress-nginx-admission-create"]),
    "ingress-nginx-admission-patch": webhookJob(ingressNginxWork["ingress-nginx-admission-patch"]),
  },
  upgrade: { phase: "charts", restarts: "the proxies, pod by pod; long connections end" },
};

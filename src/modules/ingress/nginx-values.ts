import type { ChartValues } from "../chart-values";
import { mirrored } from "../mirrored-image";
import { spreadOverZones, systemTolerations } from "../platform-pods";

/** Port of the webhook that judges ingresses (controller.admissionWebhooks.port); it fails closed. */
export const NGINX_WEBHOOK_PORT = 8443;

/** Values of the last ingress-nginx chart, 4.15.1, behind an internal network load balancer. */
export function nginxValues(hostNetwork: boolean, imageMirror?: string): ChartValues {
  return {
    ...(imageMirror !== undefined && {
      global: { image: { registry: mirrored("registry.k8s.io", imageMirror) } },
    }),
    controller: {
      replicaCount: 2,
      minAvailable: 1,
      hostNetwork,
      admissionWebhooks: { port: NGINX_WEBHOOK_PORT },
      // Snippets let whoever writes an ingress run code in the controller.
      allowSnippetAnnotations: false,
      enableAnnotationValidations: true,
      tolerations: systemTolerations,
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "ingress-nginx" }),
      service: {
        type: "LoadBalancer",
        loadBalancerClass: "service.k8s.aws/nlb",
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
          "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
        },
      },
    },
  };
}

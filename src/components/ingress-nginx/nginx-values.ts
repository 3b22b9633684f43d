import {
  DEFAULT_DRAIN_SECONDS,
  DEREGISTRATION_DELAY,
  deregistrationDelaySeconds,
} from "../../facts/load-balancer-drain";
import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { NGINX_WEBHOOK_PORT } from "./record";
import type { NginxScaling } from "./settings";

/** Longest that nginx lets requests end once it stops (controller v1.15.1, worker-shutdown-timeout). */
const WORKER_SHUTDOWN_SECONDS = 240;

export interface NginxValues {
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
  readonly scaling: NginxScaling;
}

/** Values of the last ingress-nginx chart, 4.15.1, behind an internal network load balancer. */
export function nginxValues({ hostNetwork, imageMirror, scaling }: NginxValues): ChartValues {
  const drainSeconds = DEFAULT_DRAIN_SECONDS.nlb;
  return {
    ...(imageMirror !== undefined && {
      global: { image: { registry: mirrored("registry.k8s.io", imageMirror) } },
    }),
    controller: {
      ...replicasOf(scaling),
      minAvailable: 1,
      hostNetwork,
      // Its Jobs run before anything else of the release, also on nodes that wait for istiod; controller.tolerations are not theirs.
      admissionWebhooks: { port: NGINX_WEBHOOK_PORT, patch: { tolerations: systemTolerations } },
      // Snippets let whoever writes an ingress run code in the controller.
      allowSnippetAnnotations: false,
      enableAnnotationValidations: true,
      tolerations: systemTolerations,
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "ingress-nginx" }),
      // It goes on as before while the load balancer still opens connections; then requests may end, then the process.
      // Its own shutdown-grace-period would fail /healthz at once (internal/ingress/controller/nginx.go, Stop).
      lifecycle: { preStop: { exec: { command: ["sh", "-c", `sleep ${drainSeconds}; /wait-shutdown`] } } },
      terminationGracePeriodSeconds: drainSeconds + WORKER_SHUTDOWN_SECONDS + 30,
      service: {
        type: "LoadBalancer",
        loadBalancerClass: "service.k8s.aws/nlb",
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
          "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
          "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": `${DEREGISTRATION_DELAY}=${deregistrationDelaySeconds(drainSeconds)}`,
          "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "HTTP",
          "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "10254",
          "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path": "/healthz",
        },
      },
    },
  };
}

/** With an HPA the chart writes no replicas; its CPU and memory figures are 50 percent where null does not turn them off. */
function replicasOf(scaling: NginxScaling): ChartValues {
  if (scaling.kind === "fixed") return { replicaCount: scaling.replicas };
  return {
    autoscaling: {
      enabled: true,
      minReplicas: scaling.min,
      maxReplicas: scaling.max,
      targetCPUUtilizationPercentage: scaling.cpuPercent ?? null,
      targetMemoryUtilizationPercentage: scaling.memoryPercent ?? null,
    },
  };
}

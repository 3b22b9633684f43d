import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, systemTolerations } from "../../modules/platform-pods";

export interface VerticalPodAutoscalerSettings {
  /** `recommend`: nothing runs that could touch a pod. */
  readonly mode: "recommend" | "act";
  /** The control plane does not reach pod addresses (overlay): the webhook then listens on its nodes' addresses. */
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
}

/** Values of the vpa chart, 5.0. The admission webhook fails open (the chart's default): pods start as they are written. */
export function verticalPodAutoscalerValues(settings: VerticalPodAutoscalerSettings): ChartValues {
  const { mode, hostNetwork, imageMirror } = settings;
  const component = (name: string): ChartValues => ({
    enabled: true,
    ...image(`registry.k8s.io/autoscaling/vpa-${name}`, imageMirror),
    // One: the chart gives none of them the rights of a leader election, and two would both write.
    replicaCount: 1,
    tolerations: systemTolerations,
  });
  return {
    priorityClassName: priorityClass.critical,
    // The platform's own metrics server is a release beside this one.
    "metrics-server": { enabled: false },
    recommender: component("recommender"),
    updater: mode === "act" ? component("updater") : { enabled: false },
    admissionController:
      mode === "act"
        ? {
            ...component("admission-controller"),
            // It only answers, so two do no harm.
            replicaCount: 2,
            podDisruptionBudget: { maxUnavailable: 1 },
            ...(hostNetwork && { useHostNetwork: true }),
            certGen: {
              ...image("registry.k8s.io/ingress-nginx/kube-webhook-certgen", imageMirror),
              tolerations: systemTolerations,
            },
          }
        : { enabled: false },
  };
}

function image(repository: string, mirror: string | undefined): ChartValues {
  return mirror === undefined ? {} : { image: { repository: mirrored(repository, mirror) } };
}

import { asks, IN_CLUSTER, type ChartPods } from "../chart";
import type { ChartWork } from "../chart-work";
import { CONTROLLER_RESTARTS, type ChartComponentRecord } from "../component";
import { pins } from "./pins";
import { vpaWork } from "./pods";

/** Port of the admission webhook, which only `act` has. */
export const VPA_WEBHOOK_PORT = 8000;

/** A Job that makes the webhook's certificate. */
function certgen(work: ChartWork): ChartPods {
  return {
    of: "vpa",
    labels: { "app.kubernetes.io/name": "vpa", "app.kubernetes.io/component": "admission-certgen" },
    serviceAccount: "vpa-admission-certgen",
    with: "admissionController.enabled",
    work,
  };
}

export const vpa: ChartComponentRecord<"vpa"> = {
  kind: "charts",
  name: "vpa",
  stack: "autoscaling",
  isUsed: ({ verticalPodAutoscaler }) => verticalPodAutoscaler !== undefined,
  settings: ["verticalPodAutoscaler"],
  docs: "docs/components/pod-scaling.md",
  charts: {
    vpa: {
      repository: "https://charts.fairwinds.com/stable",
      name: "vpa",
      podsReadAt: ["5.0.0"],
      requests: [
        asks("recommender/resources", 50, 500, 1000),
        asks("updater/resources", 50, 500, 1000),
        asks("admissionController/resources", 50, 200, 500),
        asks("admissionController/certGen/resources", 10, 32, 128),
      ],
      callsOut: IN_CLUSTER,
    },
  },
  pins,
  called: (_, { verticalPodAutoscaler }): Record<string, number> =>
    verticalPodAutoscaler?.mode === "act" ? { vpa: VPA_WEBHOOK_PORT } : {},
  monitors: {
    "vpa-recommender": {
      namespace: "kube-system",
      pods: { "app.kubernetes.io/name": "vpa", "app.kubernetes.io/component": "recommender" },
      ports: ["metrics"],
    },
  },
  registries: ["registry.k8s.io"],
  pods: {
    "vpa-admission-controller": {
      of: "vpa",
      labels: { "app.kubernetes.io/name": "vpa", "app.kubernetes.io/component": "admission-controller" },
      serviceAccount: "vpa-admission-controller",
      ports: { http: VPA_WEBHOOK_PORT },
      hostNetwork: "admissionController.useHostNetwork",
      with: "admissionController.enabled",
      called: "vpa",
      work: vpaWork["vpa-admission-controller"],
    },
    "vpa-recommender": {
      of: "vpa",
      labels: { "app.kubernetes.io/name": "vpa", "app.kubernetes.io/component": "recommender" },
      serviceAccount: "vpa-recommender",
      ports: { metrics: 8942 },
      work: vpaWork["vpa-recommender"],
    },
    "vpa-updater": {
      of: "vpa",
      labels: { "app.kubernetes.io/name": "vpa", "app.kubernetes.io/component": "updater" },
      serviceAccount: "vpa-updater",
      ports: { metrics: 8943 },
      with: "updater.enabled",
      work: vpaWork["vpa-updater"],
    },
    "vpa-admission-certgen": certgen(vpaWork["vpa-admission-certgen"]),
    "vpa-admission-certgen-patch": certgen(vpaWork["vpa-admission-certgen-patch"]),
  },
  crds: {
    "autoscaling.k8s.io": ["VerticalPodAutoscaler", "VerticalPodAutoscalerCheckpoint"],
  },
  upgrade: { phase: "charts", restarts: CONTROLLER_RESTARTS, crdsByHand: true },
};

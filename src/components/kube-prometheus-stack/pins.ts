import type { ChartPins } from "../pin";

export const pins: ChartPins<"kube-prometheus-stack"> = {
  "kube-prometheus-stack": {
    "2025.09": {
      version: "88.5.3",
      kubeVersion: ">=1.25.0-0",
      source: "prometheus-community/helm-charts tag kube-prometheus-stack-88.5.3",
      sourceDate: "2026-08-21",
      verified: true,
    },
  },
};

import type { ChartPins } from "../pin";

export const pins: ChartPins<"prometheus-operator-crds"> = {
  "prometheus-operator-crds": {
    "2025.09": {
      version: "31.0.1",
      kubeVersion: ">=1.16.0-0",
      source: "prometheus-community/helm-charts tag prometheus-operator-crds-31.0.1",
      sourceDate: "2026-08-10",
      verified: true,
    },
  },
};

import type { ChartPins } from "../pin";

export const pins: ChartPins<"vpa"> = {
  vpa: {
    "2025.09": {
      version: "5.0.0",
      kubeVersion: ">= 1.28.0-0",
      source: "FairwindsOps/charts stable/vpa/Chart.yaml",
      sourceDate: "2026-08-11",
      verified: false,
      doubt: "read in the chart's sources; the repository's index was not seen",
    },
  },
};

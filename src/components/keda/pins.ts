import type { ChartPins } from "../pin";

export const pins: ChartPins<"keda"> = {
  keda: {
    "2025.09": {
      version: "2.20.2",
      kubeVersion: ">=v1.23.0-0",
      digest: "sha256:db60b1fa60f0565fefa4ce2f87e855b6a8854363ee82962fbe28a12a70d64c4c",
      source: "kedacore/charts main docs/index.yaml",
      sourceDate: "2026-08-13",
      verified: true,
    },
  },
};

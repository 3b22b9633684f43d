import type { ChartPins } from "../pin";

export const pins: ChartPins<"spire"> = {
  spire: {
    "2025.09": {
      version: "0.30.0",
      kubeVersion: ">=1.21.0-0",
      digest: "sha256:8e133a142915f4938328e2524f6262607e41f61e06f15cb06dc3d94f018be341",
      source: "spiffe/helm-charts-hardened gh-pages index.yaml",
      sourceDate: "2026-08-02",
      verified: true,
    },
  },
};

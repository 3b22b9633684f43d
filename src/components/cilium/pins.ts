import type { ChartPins } from "../pin";

export const pins: ChartPins<"cilium"> = {
  cilium: {
    "2025.09": {
      version: "1.18.12",
      kubeVersion: ">= 1.21.0-0",
      digest: "sha256:5923f9d9fcb11bc4692ad52353cc791b935d96e09ba0c535c5a8b88ea8a37572",
      source: "cilium/charts master index.yaml",
      sourceDate: "2026-08-03",
      verified: true,
    },
    "2026.11": {
      version: "1.19.6",
      kubeVersion: ">= 1.21.0-0",
      digest: "sha256:21c43cf53841f9ab0375047d95aa4c64051ea52bbd2c679416e6408f5f1c9179",
      source: "cilium/charts master index.yaml",
      sourceDate: "2026-08-03",
      verified: true,
    },
  },
};

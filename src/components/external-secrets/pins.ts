import type { ChartPins } from "../pin";

export const pins: ChartPins<"external-secrets"> = {
  "external-secrets": {
    "2025.09": {
      version: "2.9.0",
      kubeVersion: ">= 1.19.0-0",
      digest: "sha256:da2d5c126a103b4c1b16a9dc1c168c4332a3687144e88ac070e594f81a0b6578",
      source: "external-secrets/external-secrets gh-pages index.yaml",
      sourceDate: "2026-08-08",
      verified: true,
    },
  },
};

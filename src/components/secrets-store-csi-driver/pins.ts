import type { ChartPins } from "../pin";

export const pins: ChartPins<"secrets-store-csi-driver"> = {
  "secrets-store-csi-driver": {
    "2025.09": {
      version: "1.6.0",
      kubeVersion: ">=1.30.0-0",
      digest: "sha256:63a35e803d78a07df990411fc2df66d1f9426ed4508cc5794b5b4f125bb50744",
      source: "kubernetes-sigs/secrets-store-csi-driver gh-pages charts/index.yaml",
      sourceDate: "2026-04-29",
      verified: true,
    },
  },
};

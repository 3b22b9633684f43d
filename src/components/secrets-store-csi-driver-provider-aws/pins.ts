import type { ChartPins } from "../pin";

export const pins: ChartPins<"secrets-store-csi-driver-provider-aws"> = {
  "secrets-store-csi-driver-provider-aws": {
    "2025.09": {
      version: "3.1.1",
      kubeVersion: ">=1.17.0-0",
      digest: "sha256:985aaf5c533873d14473aad878f87d1efabb14c6a7570c7e5029572c0e31f64c",
      source: "aws/secrets-store-csi-driver-provider-aws gh-pages index.yaml",
      sourceDate: "2026-06-02",
      verified: true,
    },
  },
};

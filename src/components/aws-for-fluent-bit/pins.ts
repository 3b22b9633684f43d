import type { ChartPins } from "../pin";

export const pins: ChartPins<"aws-for-fluent-bit"> = {
  "aws-for-fluent-bit": {
    "2025.09": {
      version: "0.2.0",
      digest: "sha256:666c244b9cfca211be57cf97d9e224157f581d41f413eb89744575fbc9b8980c",
      source: "aws/eks-charts gh-pages index.yaml",
      sourceDate: "2026-08-03",
      verified: true,
    },
  },
};

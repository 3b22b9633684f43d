import type { ChartPins } from "../pin";

export const pins: ChartPins<"karpenter-crd" | "karpenter"> = {
  "karpenter-crd": {
    "2025.09": {
      version: "1.14.1",
      source: "aws/karpenter-provider-aws tag v1.14.1",
      sourceDate: "2026-08-20",
      verified: true,
    },
  },
  karpenter: {
    "2025.09": {
      version: "1.14.1",
      source: "aws/karpenter-provider-aws tag v1.14.1",
      sourceDate: "2026-08-20",
      verified: true,
    },
  },
};

import type { ChartPins } from "../pin";

export const pins: ChartPins<"aws-load-balancer-controller"> = {
  "aws-load-balancer-controller": {
    "2025.09": {
      version: "3.5.0",
      digest: "sha256:45051f634b33e10baccb3354d0681b7de787c60445e599fa276e0c9aedd4ccd5",
      source: "aws/eks-charts gh-pages index.yaml",
      sourceDate: "2026-08-03",
      verified: true,
    },
  },
};

import type { ChartPins } from "../pin";

export const pins: ChartPins<"ingress-nginx"> = {
  "ingress-nginx": {
    "2025.09": {
      version: "4.15.1",
      kubeVersion: ">=1.21.0-0",
      digest: "sha256:3eff0bd18151d6e6b1c441463410571443dda1ac78292cb189346628de784f0c",
      source: "kubernetes/ingress-nginx gh-pages index.yaml",
      sourceDate: "2026-03-19",
      verified: true,
    },
  },
};

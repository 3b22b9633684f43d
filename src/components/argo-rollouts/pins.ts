import type { ChartPins } from "../pin";

export const pins: ChartPins<"argo-rollouts"> = {
  "argo-rollouts": {
    "2025.09": {
      version: "2.41.0",
      digest: "sha256:ff53d617efb369cd07acc595309e7fa73a602576375e0a52a78dab1e2d970df5",
      source: "argoproj/argo-helm gh-pages index.yaml",
      sourceDate: "2026-07-02",
      verified: true,
    },
  },
};

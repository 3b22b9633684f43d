import type { ChartPins } from "../pin";

export const pins: ChartPins<"argo-cd"> = {
  "argo-cd": {
    "2025.09": {
      version: "10.1.1",
      kubeVersion: ">=1.25.0-0",
      digest: "sha256:a677dfa6ca7e9f9a71fe9bf54ea86a9011d5c7db8e137c5171e78c4493af20e5",
      source: "argoproj/argo-helm gh-pages index.yaml",
      sourceDate: "2026-07-02",
      verified: true,
    },
  },
};

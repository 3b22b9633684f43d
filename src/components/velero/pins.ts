import type { ChartPins } from "../pin";

export const pins: ChartPins<"velero"> = {
  velero: {
    "2025.09": {
      version: "12.1.0",
      kubeVersion: ">=1.16.0-0",
      digest: "sha256:cd23589ad1b2d25cdd3220f6866b3f6f4c5683c4c09494e76a14700b33f81f83",
      source: "vmware-tanzu/helm-charts gh-pages index.yaml",
      sourceDate: "2026-06-25",
      verified: true,
    },
  },
};

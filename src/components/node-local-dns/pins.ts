import type { ChartPins } from "../pin";

export const pins: ChartPins<"node-local-dns"> = {
  "node-local-dns": {
    "2025.09": {
      version: "2.9.2",
      digest: "sha256:06af9d068abff7ab6426aa32cd913a43e8d998ae43b1f722254c1d6add4bde1e",
      source: "deliveryhero/helm-charts master index.yaml",
      sourceDate: "2026-07-06",
      verified: true,
    },
  },
};

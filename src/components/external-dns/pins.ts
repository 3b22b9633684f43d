import type { ChartPins } from "../pin";

export const pins: ChartPins<"external-dns"> = {
  "external-dns": {
    "2025.09": {
      version: "1.21.1",
      digest: "sha256:5dd033a4b872bf641860695705ee460031d0bc695f114bf8926fee6736814e19",
      source: "kubernetes-sigs/external-dns gh-pages index.yaml",
      sourceDate: "2026-08-21",
      verified: true,
    },
  },
};

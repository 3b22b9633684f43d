import type { ChartPins } from "../pin";

export const pins: ChartPins<"opentelemetry-operator"> = {
  "opentelemetry-operator": {
    "2025.09": {
      version: "0.122.0",
      digest: "sha256:b66f9b937ab644e75c0042395dc85bfc041eb5c51d22719b944d3e2bf32b5e4b",
      source: "open-telemetry/opentelemetry-helm-charts gh-pages index.yaml",
      sourceDate: "2026-08-20",
      verified: true,
    },
  },
};

import type { ChartPins } from "../pin";

export const pins: ChartPins<"metrics-server"> = {
  "metrics-server": {
    "2025.09": {
      version: "3.13.1",
      digest: "sha256:084e6edb680cf4e2acc30bd496568c53fdf663cbacf6e17876b25785c35b7a13",
      source: "kubernetes-sigs/metrics-server gh-pages index.yaml",
      sourceDate: "2026-06-11",
      verified: true,
    },
  },
};

import type { ChartPins } from "../pin";

export const pins: ChartPins<"cert-manager"> = {
  "cert-manager": {
    "2025.09": {
      version: "v1.21.1",
      source: "cert-manager/cert-manager tag v1.21.1",
      sourceDate: "2026-07-29",
      verified: true,
    },
  },
};

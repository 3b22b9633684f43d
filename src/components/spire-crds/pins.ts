import type { ChartPins } from "../pin";

export const pins: ChartPins<"spire-crds"> = {
  "spire-crds": {
    "2025.09": {
      version: "0.6.0",
      digest: "sha256:e561d54dd2247552937f90c11e62a828ffcd85456a1b43162691500223bcac07",
      source: "spiffe/helm-charts-hardened gh-pages index.yaml",
      sourceDate: "2026-08-02",
      verified: true,
    },
  },
};

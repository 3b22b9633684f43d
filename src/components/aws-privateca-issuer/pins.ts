import type { ChartPins } from "../pin";

export const pins: ChartPins<"aws-privateca-issuer"> = {
  "aws-privateca-issuer": {
    "2025.09": {
      version: "v1.9.0",
      digest: "sha256:2707ccbca69a0ce19b394d0b8068d8cd3b002e9901653151b813ff64ab1e8299",
      source: "cert-manager/aws-privateca-issuer gh-pages index.yaml",
      sourceDate: "2026-06-15",
      verified: true,
    },
  },
};

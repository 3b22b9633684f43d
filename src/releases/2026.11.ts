import { charts202608 } from "./charts-2026-08";
import { eks135 } from "./eks-minors/eks-1.35";
import { chartPins, istioCharts } from "./chart-pins";
import type { Release } from "./release";

export const release202611: Release = {
  name: "2026.11",
  ...eks135,
  gatewayApi: {
    version: "v1.4.1",
    source: "kubernetes-sigs/gateway-api tag v1.4.1",
    sourceDate: "2025-12-04",
    verified: true,
    digest: {
      sha256: "553327e0ff32a1a2be446bf93823c8413cf9253ac6a6d5407eebd1e8d269f69e",
      source:
        "made from the tag by its hack/build-install-yaml.sh of 2025, which gives v1.3.0's known digest, too; the download itself was not seen",
    },
  },
  charts: chartPins({
    ...charts202608,
    ...istioCharts({
      version: "1.29.6",
      source: "istio/istio tag 1.29.6",
      sourceDate: "2026-07-13",
      verified: true,
    }),
    cilium: {
      version: "1.19.6",
      kubeVersion: ">= 1.21.0-0",
      digest: "sha256:21c43cf53841f9ab0375047d95aa4c64051ea52bbd2c679416e6408f5f1c9179",
      source: "cilium/charts master index.yaml",
      sourceDate: "2026-08-03",
      verified: true,
    },
  }),
};

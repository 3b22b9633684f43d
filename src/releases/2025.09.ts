import { charts202608 } from "./charts-2026-08";
import { eks133 } from "./eks-minors/eks-1.33";
import { chartPins, istioCharts } from "./chart-pins";
import type { Release } from "./release";

/** The line of the reference documents. Kubernetes 1.33 left standard support on 2026-07-29. */
export const release202509: Release = {
  name: "2025.09",
  ...eks133,
  gatewayApi: {
    version: "v1.3.0",
    source: "kubernetes-sigs/gateway-api tag v1.3.0",
    sourceDate: "2025-04-23",
    verified: true,
    digest: {
      sha256: "3e7a27e4456ff3d68606a6a8516306aaff354d6f0950b32bb31930669b7bf8b8",
      source:
        "made from the tag by its hack/build-install-yaml.sh; oxibelt, a public repository, pins the same for the download",
    },
  },
  charts: chartPins({
    ...charts202608,
    ...istioCharts({
      version: "1.27.9",
      source: "istio/istio tag 1.27.9",
      sourceDate: "2026-04-02",
      verified: true,
    }),
    cilium: {
      version: "1.18.12",
      kubeVersion: ">= 1.21.0-0",
      digest: "sha256:5923f9d9fcb11bc4692ad52353cc791b935d96e09ba0c535c5a8b88ea8a37572",
      source: "cilium/charts master index.yaml",
      sourceDate: "2026-08-03",
      verified: true,
    },
  }),
};

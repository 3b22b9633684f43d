import { NO_PODS } from "../chart";
import type { BroughtAlong, ChartComponentRecord } from "../component";
import { pins } from "./pins";

export const spireCrds: ChartComponentRecord<"spire-crds"> & BroughtAlong<"spire"> = {
  kind: "charts",
  name: "spire-crds",
  broughtBy: ["spire"],
  stack: "identity",
  isUsed: ({ identity }) => identity?.kind === "spire",
  settings: ["identity"],
  docs: "docs/components/identity.md",
  charts: {
    "spire-crds": {
      repository: "https://spiffe.github.io/helm-charts-hardened/",
      name: "spire-crds",
      requests: [],
      callsOut: NO_PODS,
    },
  },
  pins,
  crds: {
    "spire.spiffe.io": ["ClusterFederatedTrustDomain", "ClusterSPIFFEID", "ClusterStaticEntry"],
  },
  upgrade: { phase: "CRDs", restarts: "nothing" },
};

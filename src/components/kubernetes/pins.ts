import type { MinorPins } from "../pin";

export const pins: MinorPins = {
  "1.33": {
    version: "1.33",
    source: "awsdocs/amazon-eks-user-guide latest/ug/versioning/kubernetes-versions.adoc",
    sourceDate: "2025-12-01",
    verified: true,
  },
  "1.34": {
    version: "1.34",
    source: "awsdocs/amazon-eks-user-guide latest/ug/versioning/kubernetes-versions.adoc",
    sourceDate: "2025-12-01",
    verified: true,
  },
  "1.35": {
    version: "1.35",
    source: "EKS user guide, managing-kube-proxy.html, which has an add-on for it (read 2026-11-28)",
    sourceDate: "2026-11-28",
    verified: true,
  },
};

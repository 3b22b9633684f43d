import type { ControlPlaneRecord } from "../component";
import { upgradeNotes } from "./upgrade-notes";

export const kubernetes: ControlPlaneRecord<"kubernetes"> = {
  kind: "control plane",
  name: "kubernetes",
  title: "Kubernetes",
  stack: "cluster",
  isUsed: () => true,
  settings: ["cluster"],
  docs: "docs/releases.md",
  roles: { cluster: "always" },
  upgrade: {
    phase: "control plane",
    restarts: "the API servers, one by one; no pod",
    inPlace: { minors: 1, source: "EKS user guide, update a cluster's Kubernetes version" },
    notes: upgradeNotes,
  },
};

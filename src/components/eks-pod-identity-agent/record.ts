import type { AddonRecord } from "../component";

export const eksPodIdentityAgent: AddonRecord<"eks-pod-identity-agent"> = {
  kind: "add-on",
  name: "eks-pod-identity-agent",
  stack: "cluster",
  isUsed: () => true,
  docs: "docs/architecture.md",
  upgrade: {
    phase: "add-ons",
    restarts: "the agent of each node in turn; credentials that were fetched stay valid",
  },
};

import type { AddonRecord } from "../component";
import { pins } from "./pins";

export const eksPodIdentityAgent: AddonRecord<"eks-pod-identity-agent"> = {
  kind: "add-on",
  name: "eks-pod-identity-agent",
  stack: "cluster",
  isUsed: () => true,
  docs: "docs/architecture.md",
  pins,
  upgrade: {
    phase: "add-ons",
    restarts: "the agent of each node in turn; credentials that were fetched stay valid",
  },
};

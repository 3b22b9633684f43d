import type { Finding, TargetCheck } from "../finding";

export const identityCheck: TargetCheck = ({ config: { identity, cni } }): Finding[] => {
  if (identity?.kind !== "cilium") return [];
  if (cni.kind !== "vpc-cni" && cni.kind !== "cilium-chaining") return [];
  const message = `is for Cilium's own data plane, and ${cni.kind} moves packets past it; write identity.kind: spire, or cni.kind: cilium-eni`;
  return [{ path: ["identity", "kind"], message, related: [["cni", "kind"]] }];
};

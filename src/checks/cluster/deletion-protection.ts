import type { TargetCheck } from "../finding";

export const deletionProtectionCheck: TargetCheck = ({ config, production }) => {
  const { deletionProtection, deletionProtectionReason } = config.cluster;
  if (!production || deletionProtection !== false || deletionProtectionReason !== undefined) return [];
  const message =
    "leaves a production cluster unprotected; write true, or cluster.deletionProtectionReason: <why>";
  return [{ path: ["cluster", "deletionProtection"], message }];
};

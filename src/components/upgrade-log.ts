/** What others saw in a cluster of theirs: likely, but not confirmed by AWS. */
export const upgradeLog = {
  source: "robreris/vending-machine-poc docs/plans, log of an EKS upgrade",
  sourceDate: "2026-09-24",
  verified: false,
  doubt: "seen in somebody else's log of an upgrade, not confirmed by AWS",
} as const;

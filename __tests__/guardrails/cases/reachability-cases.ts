import type { Given, RuleCase } from "../support";

const flow = (verdict: string): Given => [
  "flow",
  {
    kind: "DNS",
    verdict,
    from: ["payments/orders", "payments/ledger", "payments/receipts"],
    to: "kube-system/coredns",
    port: 53,
    protocol: "UDP",
    at: "policy of the sender",
    says: "no rule allows it: NetworkPolicy payments/default-deny",
  },
];

export const reachabilityCases: readonly RuleCase[] = [
  ["REACH-DENIED", [flow("denied")], [flow("allowed")]],
  ["REACH-UNDECIDED", [], [flow("allowed")]],
];

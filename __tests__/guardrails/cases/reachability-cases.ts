import type { Given, RuleCase } from "../support";

const flow = (verdict: string, without?: string): Given => [
  "flow",
  {
    kind: "DNS",
    verdict,
    from: ["payments/orders", "payments/ledger", "payments/receipts"],
    to: "kube-system/coredns",
    port: "UDP 53",
    at: "policy of the sender",
    ...(without !== undefined && { without }),
    says: "no rule allows it: NetworkPolicy payments/default-deny",
  },
];

export const reachabilityCases: readonly RuleCase[] = [
  ["REACH-DENIED", [flow("denied")], [flow("allowed")]],
  [
    "REACH-WITHOUT",
    [flow("denied", "built-in prices")],
    [flow("denied"), flow("allowed", "built-in prices")],
  ],
  [
    "REACH-UNUSED",
    [
      [
        "flow",
        { verdict: "unused", what: "what namespaces.shop.allow.1 allows", why: "entry 0 allows all of it" },
      ],
    ],
    [flow("denied"), flow("allowed")],
  ],
  ["REACH-UNDECIDED", [], [flow("allowed")]],
];

import type { Given, RuleCase } from "../support";

const refused = (gate: string, verdict = "refused"): Given => [
  "admission",
  {
    gate,
    verdict,
    who: ["payments/orders", "payments/ledger", "payments/receipts", "payments/sessions"],
    object: "ResourceQuota payments/quota",
    says: "requests.cpu is 1, its pods can ask for 2",
  },
];

export const admissionCases: readonly RuleCase[] = [
  ["ADMISSION-POD-SECURITY", [refused("Pod Security")], [refused("policy")]],
  ["ADMISSION-POLICY", [refused("policy")], [refused("limits")]],
  ["ADMISSION-LIMITS", [refused("limits")], [refused("quota")]],
  ["ADMISSION-QUOTA", [refused("quota")], [refused("rollout")]],
  ["ADMISSION-QUOTA-RELEASE", [refused("rollout")], [refused("quota")]],
  ["ADMISSION-UNDECIDED", [], [refused("policy")]],
];

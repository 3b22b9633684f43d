import type { Finding } from "../model/change";
import { byImpact } from "../model/impact";
import type { RuleId } from "./rules";

/** Rules by what a finding costs, the dearest first: the order among findings of one impact. */
export const byCost: readonly RuleId[] = [
  "UNKNOWN-ACTION",
  "NET-REBUILD",
  "EKS-CLUSTER-LOST",
  "CNI-SWITCHED",
  "DATA-LOST",
  "MANIFESTS-DATA",
  "EKS-VERSION",
  "NODES-SYSTEM",
  "NET-MOVED",
  "CNI-LOST",
  "DATA-EXPIRES",
  "ADDRESS-LOST",
  "EKS-ENDPOINT",
  "NET-OPENED",
  "SG-OPENED",
  "DATA-UNPROTECTED",
  "IAM-WIDENED",
  "IAM-ATTACHED",
  "EKS-ACCESS",
  "IAM-IDENTITY",
  "EKS-PROTECTION",
  "EKS-LOGGING",
  "RECORD-LOST",
  "REVIEW-FAULT",
  "DRIFT",
  "NODES-LOST",
  "NODES-ROLL",
  "NODES-SIZE-REFUSED",
  "NODES-FEWER",
  "CNI-RESTART",
  "HELM-LOST",
  "HELM-DOWNGRADE",
  "HELM-UPGRADE",
  "NET-ROUTE",
  "EKS-ENDPOINT-CLOSED",
  "EKS-ACCESS-LOST",
  "IAM-LOST",
  "SG-CLOSED",
  "IAM-NARROWED",
  "NODE-AGENT-RESTART",
  "ADDON-CHANGED",
  "NODES-LABELS",
  "MANIFESTS-CHANGED",
  "REPLACED",
  "FORGOTTEN",
  "DELETED",
  "ALARM-LOST",
];

const rank: ReadonlyMap<RuleId, number> = new Map(byCost.map((rule, index) => [rule, index]));

/** For sorting: by the worst that a finding can turn out to be, then by what it is, costs and how much of it there is. */
export function byWorstFinding(a: Finding, b: Finding): number {
  return (
    byImpact(a.couldBe ?? a.impact, b.couldBe ?? b.impact) ||
    byImpact(a.impact, b.impact) ||
    costOf(a) - costOf(b) ||
    (b.size ?? 0) - (a.size ?? 0)
  );
}

function costOf({ rule }: Finding): number {
  return rank.get(rule) ?? byCost.length;
}

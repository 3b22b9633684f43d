import { words } from "../model/phrase";
import type { Finding } from "../model/change";
import type { PlannedChange } from "../read/plan";
import { accessRule, clusterRule } from "./cluster-rules";
import { dataLossRule, protectionRule, recordRule, retentionRule } from "./data-rules";
import { deposedRule, generalRule } from "./general-rules";
import { addonRule, helmRule } from "./helm-rules";
import { policyRule, roleRule } from "./iam-rules";
import { rangeRule, routeRule } from "./network-rules";
import { launchTemplateRule, nodeGroupRule } from "./node-rules";
import { rebuildRule } from "./rebuild-rules";
import { finding, type Rule } from "./rule";
import { securityGroupRule } from "./security-group-rules";
import type { Surroundings } from "./surroundings";

const trade: readonly Rule[] = [
  clusterRule,
  accessRule,
  nodeGroupRule,
  launchTemplateRule,
  addonRule,
  helmRule,
  securityGroupRule,
  policyRule,
  roleRule,
  dataLossRule,
  retentionRule,
  protectionRule,
  recordRule,
  rebuildRule,
  rangeRule,
  routeRule,
];

/** All that the rules say of a change. A rule that throws is a finding: what it would have said is not known. */
export function runRules(
  change: PlannedChange,
  around: Surroundings,
  list: readonly Rule[] = trade,
): Finding[] {
  if (change.mode === "data") return [];
  if (change.deposed !== undefined) return run(deposedRule, change, around);
  const found = list.flatMap((rule) => run(rule, change, around));
  const accounted = found.some(({ rule }) => rule !== "REVIEW-FAULT");
  // What happens to a resource is said even where a rule only saw a part of it.
  const isWhole = ["delete", "replace", "forget", "unknown"].includes(change.action);
  return isWhole && !(accounted && ["delete", "replace"].includes(change.action))
    ? [...found, ...run(generalRule, change, around)]
    : found;
}

function run(rule: Rule, change: PlannedChange, around: Surroundings): Finding[] {
  try {
    return rule(change, around);
  } catch (error) {
    const message = error instanceof Error ? error.message.split("\n")[0] : "";
    return [
      finding("REVIEW-FAULT", words("a rule of this review failed here"), {
        details: [[{ code: message ?? "" }]],
      }),
    ];
  }
}

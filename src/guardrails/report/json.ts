import { levelOf, remedyOf } from "./describe";
import type { TargetReport } from "./located";
import { countLevels } from "./text";

/** The report as plain data, for a gate. */
export function jsonReport(reports: readonly TargetReport[]) {
  return reports.map(({ target, asOf, rules, findings, idle }) => ({
    target,
    asOf,
    rules,
    ...countLevels(findings),
    findings: findings.map((finding) => ({
      rule: finding.rule.id,
      level: levelOf(finding),
      severity: finding.severity,
      outcome: finding.outcome,
      source: finding.source,
      stack: finding.stack,
      address: finding.address,
      detail: finding.detail,
      remedy: remedyOf(finding),
      reference: finding.rule.reference,
      ...(finding.setting !== undefined && { setting: finding.setting }),
      ...(finding.place !== undefined && { place: finding.place }),
      ...(finding.waiver !== undefined && { waiver: finding.waiver }),
    })),
    idleWaivers: idle,
  }));
}

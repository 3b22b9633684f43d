import type { Rule } from "../rule";
import { formatFinding, levelOf } from "./describe";
import type { LocatedFinding, TargetReport } from "./located";

/** JUnit XML: a suite a target, a case a rule. Errors fail, what is not decidable is skipped. */
export function junitReport(reports: readonly TargetReport[], rules: readonly Rule[]): string {
  const suites = reports.map(({ target, findings }) => {
    const cases = rules.map((rule) =>
      ruleCase(
        rule,
        findings.filter((each) => each.rule.id === rule.id),
      ),
    );
    const failures = cases.filter((each) => each.includes("<failure")).length;
    const skipped = cases.filter((each) => each.includes("<skipped")).length;
    return [
      `  <testsuite name="${escapeXml(target)}" tests="${rules.length}" failures="${failures}" skipped="${skipped}">`,
      ...cases,
      "  </testsuite>",
    ].join("\n");
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...suites, "</testsuites>"].join("\n");
}

function ruleCase({ id, area }: Rule, findings: readonly LocatedFinding[]): string {
  const open = `    <testcase classname="${escapeXml(area)}" name="${id}">`;
  const failing = findings.filter((each) => levelOf(each) === "error");
  const unknown = findings.filter((each) => levelOf(each) === "unknown");
  const lines = (each: readonly LocatedFinding[]) => escapeXml(each.map(formatFinding).join("\n"));
  if (failing.length > 0)
    return `${open}<failure message="${failing.length} broken">${lines(failing)}</failure></testcase>`;
  if (unknown.length > 0) return `${open}<skipped message="not decidable before apply"/></testcase>`;
  return open.replace(/>$/, "/>");
}

export function escapeXml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // Characters that XML 1.0 can't hold.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, " ")
  );
}

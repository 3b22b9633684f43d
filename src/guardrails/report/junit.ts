import { type Html, linesOf, xml } from "../../text/html";
import type { Rule } from "../rule";
import { formatFinding, levelOf } from "./describe";
import type { LocatedFinding, TargetReport } from "./located";

interface RuleCase {
  readonly outcome: "passed" | "failed" | "skipped";
  readonly element: Html;
}

/** JUnit XML: a suite a target, a case a rule. Errors fail, what is not decidable is skipped. */
export function junitReport(reports: readonly TargetReport[], rules: readonly Rule[]): string {
  const suites = reports.map(({ target, findings }) => {
    const cases = rules.map((rule) =>
      ruleCase(
        rule,
        findings.filter((each) => each.rule.id === rule.id),
      ),
    );
    const count = (outcome: RuleCase["outcome"]) => cases.filter((each) => each.outcome === outcome).length;
    return linesOf([
      xml`  <testsuite name="${target}" tests="${rules.length}" failures="${count("failed")}" skipped="${count("skipped")}">`,
      ...cases.map(({ element }) => element),
      xml`  </testsuite>`,
    ]);
  });
  const declaration = xml`<?xml version="1.0" encoding="UTF-8"?>`;
  return linesOf([declaration, xml`<testsuites>`, ...suites, xml`</testsuites>`]).markup;
}

function ruleCase({ id, area }: Rule, findings: readonly LocatedFinding[]): RuleCase {
  const attributes = xml`classname="${area}" name="${id}"`;
  const failing = findings.filter((each) => levelOf(each) === "error");
  if (failing.length > 0) {
    const said = failing.map(formatFinding).join("\n");
    const failure = xml`<failure message="${failing.length} broken">${said}</failure>`;
    return { outcome: "failed", element: xml`    <testcase ${attributes}>${failure}</testcase>` };
  }
  if (findings.some((each) => levelOf(each) === "unknown")) {
    const skipped = xml`<skipped message="not decidable before apply"/>`;
    return { outcome: "skipped", element: xml`    <testcase ${attributes}>${skipped}</testcase>` };
  }
  return { outcome: "passed", element: xml`    <testcase ${attributes}/>` };
}

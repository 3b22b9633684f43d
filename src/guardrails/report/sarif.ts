import type { Result } from "sarif";
import { sarifLog, sarifUri } from "../../text/sarif";
import type { Rule } from "../rule";
import { levelOf, remedyOf } from "./describe";
import type { LocatedFinding, TargetReport } from "./located";

/** A result points at the YAML line that set the value, and names the Terraform address. */
export function sarifReport(reports: readonly TargetReport[], rules: readonly Rule[]) {
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  return sarifLog(
    {
      name: "octarine",
      fingerprint: "octarine/v2",
      rules: rules.map((rule) => ({
        id: rule.id,
        shortDescription: { text: rule.what },
        fullDescription: { text: rule.why },
        help: { text: rule.remedy },
        helpUri: rule.reference,
        defaultConfiguration: { level: rule.severity },
        properties: { area: rule.area },
      })),
    },
    reports.flatMap(({ target, findings }) =>
      findings.map((finding) => ({
        result: resultOf(target, finding, index.get(finding.rule.id)),
        fingerprint: [finding.rule.id, target, `${finding.stack}/${finding.address}`],
      })),
    ),
  );
}

function resultOf(target: string, finding: LocatedFinding, ruleIndex: number | undefined): Result {
  const { rule, stack, address, detail, place, status, waiver, severity } = finding;
  const level = levelOf(finding);
  return {
    ruleId: rule.id,
    ...(ruleIndex !== undefined && { ruleIndex }),
    // `open` is SARIF's word for what could not be decided.
    kind: level === "unknown" ? "open" : "fail",
    level: level === "unknown" ? "none" : level === "waived" ? severity : level,
    message: { text: `${target}: ${detail}; ${remedyOf(finding)}` },
    locations: [
      {
        ...(place !== undefined && {
          physicalLocation: {
            artifactLocation: { uri: sarifUri(place.file) },
            region: { startLine: place.line, startColumn: place.column },
          },
        }),
        logicalLocations: [{ fullyQualifiedName: `${stack}/${address}`, kind: "resource" }],
      },
    ],
    ...(status === "waived" &&
      waiver !== undefined && {
        suppressions: [
          {
            kind: "external",
            status: "accepted",
            justification: `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`,
          },
        ],
      }),
  };
}

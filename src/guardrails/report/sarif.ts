import { fingerprints } from "../../text/fingerprints";
import type { Rule } from "../rule";
import { levelOf, remedyOf } from "./describe";
import type { LocatedFinding, TargetReport } from "./located";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** SARIF 2.1.0: a result points at the YAML line that set the value, and names the Terraform address. */
export function sarifReport(reports: readonly TargetReport[], rules: readonly Rule[]): object {
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const found = reports.flatMap(({ target, findings }) => findings.map((finding) => ({ target, finding })));
  const known = fingerprints(
    found.map(({ target, finding: { rule, stack, address } }) => [rule.id, target, `${stack}/${address}`]),
  );
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "octarine",
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
        },
        results: found.map(({ target, finding }, i) => ({
          ...result(target, finding, index.get(finding.rule.id)),
          partialFingerprints: { "octarine/v2": known[i] },
        })),
      },
    ],
  };
}

function result(target: string, finding: LocatedFinding, ruleIndex: number | undefined): object {
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
            artifactLocation: { uri: encodeURI(place.file) },
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

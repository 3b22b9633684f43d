import { fingerprints } from "../../text/fingerprints";
import { levelOf, remedyOf } from "./describe";
import type { LocatedFinding, TargetReport } from "./located";

/** GitLab's words, for what a reader has to do something about. */
const SEVERITIES = { error: "critical", warning: "minor", unknown: undefined, waived: undefined } as const;

/**
 * What GitLab's merge requests list: the part of Code Climate's form that GitLab reads (gitlab-org/gitlab,
 * app/validators/json_schemas/codeclimate.json and lib/gitlab/ci/parsers/codequality/code_climate.rb). Each needs a line of a file;
 * what no line decides is left to the other forms.
 */
export function codeQualityReport(reports: readonly TargetReport[]): readonly object[] {
  const found = reports.flatMap(({ target, findings }) =>
    findings
      .filter((each) => each.place !== undefined && SEVERITIES[levelOf(each)] !== undefined)
      .map((finding) => ({ target, finding })),
  );
  const known = fingerprints(
    found.map(({ target, finding }) => [finding.rule.id, target, `${finding.stack}/${finding.address}`]),
  );
  return found.map(({ target, finding }, index) => issueOf(target, finding, known[index] ?? ""));
}

function issueOf(target: string, finding: LocatedFinding, fingerprint: string) {
  const { rule, detail, place } = finding;
  return {
    check_name: rule.id,
    description: `${target}: ${detail}; ${remedyOf(finding)}`,
    severity: SEVERITIES[levelOf(finding)],
    fingerprint,
    location: { path: place?.file, lines: { begin: place?.line } },
  };
}

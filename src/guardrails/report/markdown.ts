import { waivedText } from "../../waivers/waiver";
import { codeCell, escapeMarkdown, markdownTable } from "../../text/markdown";
import { idleWaiver, levelOf, remedyOf } from "./describe";
import type { LocatedFinding, TargetReport } from "./located";
import { countLevels, summary } from "./text";

/** A report for a pull-request comment. */
export function markdownReport(reports: readonly TargetReport[]): string {
  return reports.map(targetMarkdown).join("\n\n");
}

function targetMarkdown({ target, asOf, rules, findings, idle }: TargetReport): string {
  const shown = findings.filter((each) => levelOf(each) !== "unknown");
  const unknown = findings.filter((each) => levelOf(each) === "unknown");
  return [
    `### Guardrails: ${escapeMarkdown(target)}`,
    summary(countLevels(findings), rules, asOf),
    ...(shown.length > 0 ? [markdownTable(["Level", "Rule", "Where", "What"], shown.map(row))] : []),
    ...idle.map(
      ({ waiver, problem }) =>
        `- Waiver of ${escapeMarkdown(waiver.rule)} at ${escapeMarkdown(waiver.at)} ${idleWaiver(problem)}.`,
    ),
    ...(unknown.length > 0
      ? [
          `<details><summary>${unknown.length} not decidable yet</summary>`,
          markdownTable(
            ["Rule", "Where", "Why"],
            unknown.map((each) => [each.rule.id, where(each), escapeMarkdown(each.detail)]),
          ),
          "</details>",
        ]
      : []),
  ].join("\n\n");
}

function row(finding: LocatedFinding): string[] {
  const { rule, detail, waiver, status } = finding;
  const note = status === "waived" && waiver !== undefined ? waivedText(waiver) : remedyOf(finding);
  return [levelOf(finding), rule.id, where(finding), escapeMarkdown(`${detail}; ${note}`)];
}

function where({ stack, address, place }: LocatedFinding): string {
  const at = codeCell(`${stack}/${address}`);
  return place === undefined ? at : `${escapeMarkdown(`${place.file}:${place.line}`)}<br>${at}`;
}

import { levelOf, remedyOf } from "./describe";
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
    `### Guardrails: ${cell(target)}`,
    summary(countLevels(findings), rules, asOf),
    ...(shown.length > 0 ? [table(["Level", "Rule", "Where", "What"], shown.map(row))] : []),
    ...idle.map(
      ({ waiver, problem }) => `- Waiver of ${cell(waiver.rule)} at ${cell(waiver.at)}: ${problem}.`,
    ),
    ...(unknown.length > 0
      ? [
          `<details><summary>${unknown.length} not decidable yet</summary>`,
          table(
            ["Rule", "Where", "Why"],
            unknown.map((each) => [each.rule.id, where(each), cell(each.detail)]),
          ),
          "</details>",
        ]
      : []),
  ].join("\n\n");
}

function row(finding: LocatedFinding): string[] {
  const { rule, detail, waiver, status } = finding;
  const note =
    status === "waived" && waiver !== undefined
      ? `waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`
      : remedyOf(finding);
  return [levelOf(finding), rule.id, where(finding), cell(`${detail}; ${note}`)];
}

function where({ stack, address, place }: LocatedFinding): string {
  const at = `\`${`${stack}/${address}`.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
  return place === undefined ? at : `${cell(`${place.file}:${place.line}`)}<br>${at}`;
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Text that can't become markup: what a plan says may be anything. */
export function cell(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll(/([|*_`[\]\\])/g, "\\$1");
}

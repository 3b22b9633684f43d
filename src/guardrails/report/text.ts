import { waivedText } from "../../waivers/waiver";
import { counted } from "../../text/counted";
import { wrap } from "../../text/wrap";
import { idleWaiver, levelOf, remedyOf } from "./describe";
import type { Counts, Level, LocatedFinding, TargetReport } from "./located";

const ORDER: readonly Level[] = ["error", "warning", "waived", "unknown"];
const WIDTH = 100;

export function countLevels(findings: readonly LocatedFinding[]): Counts {
  const count = (level: Level) => findings.filter((each) => levelOf(each) === level).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    unknown: count("unknown"),
    waived: count("waived"),
  };
}

/** A report for a terminal, at most 100 columns wide where words allow it. */
export function textReport(reports: readonly TargetReport[]): string {
  return reports.map(targetText).join("\n\n");
}

function targetText({ target, asOf, rules, findings, idle }: TargetReport): string {
  const known = ORDER.filter((level) => level !== "unknown").flatMap((level) =>
    findings.filter((each) => levelOf(each) === level).flatMap(findingLines),
  );
  const idleLines = idle.map(({ waiver, problem, place }) => {
    const where = place === undefined ? "" : `${place.file}:${place.line}  `;
    return `  ${where}waiver of ${waiver.rule} at ${waiver.at} ${idleWaiver(problem)}`;
  });
  return [
    `${target}  ${summary(countLevels(findings), rules, asOf)}`,
    ...known,
    ...idleLines,
    ...unknownLines(findings),
  ].join("\n");
}

export function summary({ errors, warnings, unknown, waived }: Counts, rules: number, asOf: string): string {
  const parts = [
    counted(errors, "error"),
    counted(warnings, "warning"),
    `${waived} waived`,
    `${unknown} not decidable yet`,
  ];
  return `${parts.join(", ")} (${rules} rules, as of ${asOf})`;
}

function findingLines(finding: LocatedFinding): string[] {
  const { rule, stack, address, detail, place, waiver, status } = finding;
  const at = place === undefined ? "" : `${place.file}:${place.line}  `;
  const note = status === "waived" && waiver !== undefined ? waivedText(waiver) : remedyOf(finding);
  return [
    `  ${levelOf(finding)}  ${rule.id}  ${at}${stack}/${address}`,
    ...wrap(`${detail}; ${note}`, WIDTH, { first: "    " }),
  ];
}

/** One line a rule: many resources wait for the same thing. */
function unknownLines(findings: readonly LocatedFinding[]): string[] {
  const open = findings.filter((each) => levelOf(each) === "unknown");
  const byRule = new Map<string, LocatedFinding[]>();
  for (const each of open) byRule.set(each.rule.id, [...(byRule.get(each.rule.id) ?? []), each]);
  return [...byRule].map(([id, [first, ...others]]) => {
    const more = others.length === 0 ? "" : `, and ${others.length} more`;
    const place = `${first?.stack ?? ""}/${first?.address ?? ""}`;
    return [
      `  not decidable yet  ${id}  ${place}`,
      ...wrap(`${first?.detail ?? ""}${more}`, WIDTH, { first: "    " }),
    ].join("\n");
  });
}

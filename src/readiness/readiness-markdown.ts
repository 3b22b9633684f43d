import { cell, table } from "../guardrails/report/markdown";
import type { Checklist } from "./item";
import type { JudgedItem, ReadinessReport } from "./readiness";

export const checklistTitles: Readonly<Record<Checklist, string>> = {
  networking: "EKS networking readiness",
  enterprise: "Enterprise networking checklist",
};

/** Evidence beyond this many places is counted. */
const SHOWN = 3;

/** The report for a review. */
export function readinessMarkdown({ target, asOf, counts, items }: ReadinessReport): string {
  const summary = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  const lists: readonly Checklist[] = ["networking", "enterprise"];
  return [
    `# Readiness of ${cell(target)}`,
    `${summary.join(", ")} (as of ${asOf}).`,
    ...lists.flatMap((list) => [
      `## ${checklistTitles[list]}`,
      itemTable(items.filter((each) => each.list === list)),
    ]),
  ].join("\n\n");
}

function itemTable(items: readonly JudgedItem[]): string {
  const rows = items.map(({ number, group, asks, status, says, evidence }) => [
    `${number}`,
    cell(group),
    cell(asks),
    status === "met" ? "met" : `**${status}**`,
    cell(says),
    shown(evidence),
  ]);
  return table(["#", "Group", "Item", "Status", "Why", "Evidence"], rows);
}

function shown(evidence: readonly string[]): string {
  const first = evidence
    .slice(0, SHOWN)
    .map((each) => `\`${each.replaceAll("`", "'").replaceAll("|", "\\|")}\``);
  return [...first, ...(evidence.length > SHOWN ? [`and ${evidence.length - SHOWN} more`] : [])].join("<br>");
}

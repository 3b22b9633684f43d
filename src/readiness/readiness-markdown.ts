import { codeCell, escapeMarkdown, markdownTable } from "../text/markdown";
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
    `# Readiness of ${escapeMarkdown(target)}`,
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
    escapeMarkdown(group),
    escapeMarkdown(asks),
    status === "met" ? "met" : `**${status}**`,
    escapeMarkdown(says),
    shown(evidence),
  ]);
  return markdownTable(["#", "Group", "Item", "Status", "Why", "Evidence"], rows);
}

function shown(evidence: readonly string[]): string {
  const first = evidence.slice(0, SHOWN).map(codeCell);
  return [...first, ...(evidence.length > SHOWN ? [`and ${evidence.length - SHOWN} more`] : [])].join("<br>");
}

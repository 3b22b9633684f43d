import type { Target } from "../config/target";
import { isGuardrailId } from "../facts/guardrail-ids";
import { levelOf, remedyOf } from "../guardrails/report/describe";
import type { LocatedFinding, TargetReport } from "../guardrails/report/located";
import { countLevels, summary } from "../guardrails/report/text";
import type { Waiver } from "../guardrails/waivers";
import { type Html, html, htmlTable, places } from "./html";
import type { ReportSection } from "./sections";

type Row = readonly (string | Html)[];

export const guardrailsSection: ReportSection = {
  id: "guardrails",
  title: "Guardrails",
  render: ({ target, verdict }) => {
    const { guardrails: report } = verdict();
    const { asOf, findings, rules } = report;
    const open = findings.filter((each) => ["error", "warning"].includes(levelOf(each)));
    const unknown = findings.filter((each) => levelOf(each) === "unknown");
    return html`<p>${summary(countLevels(findings), rules, asOf)}.</p>
      ${tableOf("Findings", ["Rule and what must hold", "Level", "Where", "What", "Remedy"], open.map(findingRow))}
      ${tableOf(
        "Waivers",
        ["Rule", "Where it holds", "Reason", "Owner", "Last day", "What it waives"],
        target.config.waivers.map((waiver) => waiverRow(waiver, report)),
      )}
      ${tableOf(
        "Not decidable before apply",
        ["Rule and what must hold", "Why", "Where"],
        [...new Set(unknown.map(({ rule }) => rule))].map((rule) =>
          unknownRow(unknown.filter((each) => each.rule === rule)),
        ),
      )}`;
  },
};

function tableOf(caption: string, head: readonly string[], rows: readonly Row[]): Html {
  return rows.length === 0 ? html`<p>${caption}: none.</p>` : htmlTable(caption, head, rows);
}

function findingRow(finding: LocatedFinding): Row {
  const level = levelOf(finding);
  return [
    ruleText(finding),
    level === "error" ? html`<span class="bad">error</span>` : level,
    places([where(finding)]),
    finding.detail,
    remedyOf(finding),
  ];
}

/** Findings of one rule: there are many where a registry module's policy is not known. */
function unknownRow(findings: readonly LocatedFinding[]): Row {
  return [
    ...findings.slice(0, 1).map(ruleText),
    [...new Set(findings.map(({ detail }) => detail))].join("; "),
    places(findings.map(where)),
  ];
}

function ruleText({ rule }: LocatedFinding): string {
  return `${rule.id}: ${rule.what}`;
}

function where({ stack, address, place }: LocatedFinding): string {
  return `${place === undefined ? "" : `${place.file}:${place.line}, `}${stack}/${address}`;
}

function waiverRow(waiver: Target["config"]["waivers"][number], report: TargetReport): Row {
  const { rule, at, reason, owner, expires } = waiver;
  return [rule, at, reason, owner, expires, effect(waiver, report)];
}

function effect(waiver: Waiver, { asOf, findings, idle }: TargetReport): string | Html {
  if (waiver.expires < asOf) return html`<span class="bad">nothing: it has ended</span>`;
  // Rules of the address plan are judged with the configuration; IP capacity shows their problems.
  if (!isGuardrailId(waiver.rule)) return "see IP capacity";
  const problem = idle.find((each) => each.waiver === waiver)?.problem;
  if (problem !== undefined) return html`<span class="bad">nothing: ${problem}</span>`;
  const waived = findings.filter((each) => each.waiver === waiver);
  return waived.length === 0
    ? "what is not decidable before apply"
    : waived.map((each) => `${where(each)}: ${each.detail}`).join("; ");
}

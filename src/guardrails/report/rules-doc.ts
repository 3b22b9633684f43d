import type { Rule } from "../rule";
import { notCovered, type UpstreamIds, upstreamIds, upstreamSources } from "../upstream";
import { checkovRun } from "./checkov-run";
import { escapeMarkdown, markdownTable } from "../../text/markdown";

/** docs/guardrails.md: how to use them, every rule, and what other tools call it. */
export function rulesDocument(rules: readonly Rule[]): string {
  const areas = [...new Set(rules.map(({ area }) => area))];
  return (
    [
      INTRODUCTION(rules.length),
      ...areas.flatMap((area) => [
        `## ${area.charAt(0).toUpperCase()}${area.slice(1)}`,
        rulesTable(rules.filter((each) => each.area === area)),
      ]),
      "## Ids of other tools",
      `Read on 2026-11-21 from ${Object.values(upstreamSources).join("; ")}. A rule that is not listed has no counterpart that was found.`,
      upstreamTable(rules),
      "## Left to others",
      markdownTable(
        ["Ids", "Why"],
        notCovered.map(({ ids, why }) => [ids.map(code).join(" "), escapeMarkdown(why)]),
      ),
      "## What checkov still finds",
      "Over the plans of prod/us-east-1 with the real registry modules (checkov 3.3.30, `terraform_plan`, by hand on 2026-11-21):",
      markdownTable(
        ["Ids", "Where", "Why it stays"],
        checkovRun.map(({ ids, where, why }) => [
          ids.map(code).join(" "),
          escapeMarkdown(where),
          escapeMarkdown(why),
        ]),
      ),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}

function rulesTable(rules: readonly Rule[]): string {
  return markdownTable(
    ["Rule", "Severity", "What must hold", "Why", "Remedy"],
    rules.map(({ id, severity, what, why, remedy, reference }) => [
      `[${id}](${reference})`,
      severity,
      escapeMarkdown(what),
      escapeMarkdown(why),
      escapeMarkdown(remedy),
    ]),
  );
}

function upstreamTable(rules: readonly Rule[]): string {
  const tools: readonly (keyof UpstreamIds)[] = ["cdkNag", "checkov", "trivy", "hardeneks", "cis"];
  const rows = rules.flatMap(({ id }) => {
    const ids = upstreamIds[id];
    return ids === undefined
      ? []
      : [[code(id), ...tools.map((tool) => (ids[tool] ?? []).map(code).join(" "))]];
  });
  return markdownTable(["Octarine", "cdk-nag", "checkov", "trivy", "hardeneks", "CIS EKS 1.8.0"], rows);
}

function code(text: string): string {
  return `\`${text}\``;
}

const INTRODUCTION = (count: number) => `# Guardrails

${count} rules judge what a target makes, twice: at synth the configuration, with the inputs of registry modules read as the
resources that the modules make of them; and in \`npx octarine check plan.json\` the real resources of a plan. Both readings
go through the same code under the same id. This page is made by \`npx octarine check --rules\`.

\`\`\`sh
npx octarine check [target...] [plan.json...] [--format text|json|sarif|junit|codequality|markdown] [--write sarif=octarine.sarif...] [--as-of 2026-11-21]
\`\`\`

Exit code 0: no error; 1: an error that no waiver holds for, or a rule that crashed; 2: wrong usage. An error also ends
\`npx octarine synth\`, which then writes nothing; warnings become annotations of the stack. What is unknown before apply is
reported as not decidable yet and never counts as passed. A plan's file or folder is named after its stack
(\`prod-us-east-1-network.json\`), since a plan does not say which stack it is of. SARIF points at the YAML line that
decides the value, where one does.

Names are compared over all targets or plans that are given, so give those of a whole account together:
\`npx octarine check */plan.json\`. What the deploy role may make is read from the environment's bootstrap stack, its statements
evaluated as IAM does. What AWS takes as a value comes from CloudFormation's schemas of resource types
(src/facts/aws-values.json, made by tools/aws-values) and from the API references (src/facts/aws-api-values.ts).

A waiver lets one finding be for a while:

\`\`\`yaml
waivers:
  - rule: EKS-ENDPOINT-PUBLIC
    at: cluster.endpoint # the setting, <stack>, <stack>/<address> or an address; what is below is waived as well
    reason: partners deploy from outside until the VPN is there (NET-42)
    owner: platform-team
    expires: 2027-03-31
\`\`\`

It is judged for the day that \`--as-of\` or \`SOURCE_DATE_EPOCH\` names, else for the day of the last commit, never by the
clock. After its last day the finding is an error again, whatever its severity. A waiver that nothing needs, or that
names no rule, is reported.

Warnings of \`synth\`, \`deploy\` and others end with the rule and the place that a waiver of theirs names, and are not told while it
holds ([which command warns of what](capacity.md)).`;

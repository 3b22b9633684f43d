import { capacityOf } from "../config/capacity-of";
import { costOf } from "../config/cost-of";
import { costEstimate } from "../cost/cost-estimate";
import { dollars } from "../cost/cost-text";
import type { TargetReport } from "../guardrails/report/located";
import { countLevels } from "../guardrails/report/text";
import { capacityCheck } from "../ip-capacity/capacity-report";
import { counted } from "../ip-capacity/text-layout";
import { stacksOf } from "../stacks/stack-order";
import { type Html, html } from "./html";
import type { ReportContext, ReportSection } from "./sections";

export const summarySection: ReportSection = {
  id: "summary",
  title: "Summary",
  render: ({ target, asOf, verdict }) => {
    const { guardrails, readiness } = verdict();
    const { config, release } = target;
    const { total, complete } = costEstimate(costOf(target, asOf));
    const facts: readonly (readonly [string, string | Html])[] = [
      ["Account and region", `${config.account.id}, ${target.region}`],
      ["Kind", target.production ? "production" : "not production"],
      ["Cluster", target.clusterName],
      ["Kubernetes", `${release.kubernetes.version} (release ${release.name})`],
      ["CNI", config.cni.kind],
      ["Way out", config.network.egress.kind],
      ["API server", config.cluster.endpoint.kind],
      ["Stacks", String(stacksOf(target).length)],
      ["Addresses", addresses(target)],
      ["Guardrails", guardrailsFact(guardrails)],
      ["Readiness", `${readiness.counts.met} of ${readiness.items.length} met`],
      ["USD a month now", `${dollars(total.expected)}${complete ? "" : " (prices missing)"}`],
    ];
    return html`<dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div> `,
      )}
    </dl>`;
  },
};

function addresses(target: ReportContext["target"]): Html {
  const { fits, problems } = capacityCheck(capacityOf(target));
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return fits
    ? html`<span class="good">enough</span>`
    : html`<span class="bad">not enough: ${counted(errors, "problem")}</span>`;
}

function guardrailsFact({ findings }: TargetReport): Html {
  const { errors, warnings, waived } = countLevels(findings);
  const text = `${counted(errors, "error")}, ${counted(warnings, "warning")}, ${waived} waived`;
  return html`<span class="${errors === 0 ? "good" : "bad"}">${text}</span>`;
}

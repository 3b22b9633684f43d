import { counted, figure } from "../text/counted";
import type { Target } from "../model/target";
import type { CostEstimate } from "../cost/cost-estimate";
import { costSections } from "../cost/cost-line";
import { withoutText } from "../cost/total-text";
import { dollars } from "../cost/cost-text";
import { countLevels } from "../guardrails/report/text";
import type { CapacityReport } from "../ip-capacity/reported-capacity";
import { formatCidr } from "../ip-capacity/cidr";
import type { ReadinessReport } from "../readiness/readiness";
import { type Html, html } from "../text/html";
import { bar, badge } from "./parts";
import type { ReportSection } from "./sections";
import { fullestSubnet, shareOf, type TargetFacts } from "./target-facts";

/** The four figures by which a target is judged, and what it is. */
export const summarySection: ReportSection = {
  id: "summary",
  title: "Summary",
  obvious: true,
  render: ({ target, facts, heading }) => {
    const { judged, capacity, cost } = facts();
    const tiles = [
      ["Guardrails", guardrailsTile(judged.guardrails)],
      ["Readiness", readinessTile(judged.readiness)],
      ["Addresses", addressesTile(capacity)],
      ["Cost", costTile(cost)],
    ] as const;
    return html`<ul class="tiles">
        ${tiles.map(([name, content]) => html`<li>${heading(name)} ${content}</li> `)}
      </ul>
      <div class="groups">
        ${factsOf(target).map(([name, facts]) => html`<div>${heading(name)} ${factList(facts)}</div> `)}
      </div>`;
  },
};

function tile(text: string | Html, parts: Html | string, remark: string): Html {
  return html`<p class="figure">${text}</p>
    ${parts}
    <p class="more">${remark}</p>`;
}

function guardrailsTile({ findings, rules }: TargetFacts["judged"]["guardrails"]): Html {
  const { errors, warnings, waived, unknown } = countLevels(findings);
  const tone = errors > 0 ? "bad-text" : warnings > 0 ? "" : "good-text";
  return tile(
    html`<span class="${tone}">${counted(errors, "error")}</span>`,
    "",
    `${counted(warnings, "warning")}, ${waived} waived, ${unknown} not decidable before a plan, of ${rules} rules`,
  );
}

function readinessTile({ counts, items }: ReadinessReport): Html {
  const all = items.length;
  return tile(`${counts.met} of ${all} met`, readinessBar({ counts, items }), readinessText({ counts }));
}

export function readinessBar({ counts, items }: Pick<ReadinessReport, "counts" | "items">): Html {
  const share = (count: number) => count / Math.max(1, items.length);
  return bar([
    { share: share(counts.met), kind: "good" },
    { share: share(counts["not met"]), kind: "bad" },
    { share: share(counts["decision needed"]), kind: "warn" },
    { share: share(counts["not decidable before apply"]), kind: "note" },
  ]);
}

function readinessText({ counts }: Pick<ReadinessReport, "counts">): string {
  return [
    `${counts["not met"]} not met`,
    `${counted(counts["decision needed"], "decision")} needed`,
    `${counts["not decidable before apply"]} not decidable before apply`,
  ].join(", ");
}

function addressesTile(report: CapacityReport): Html {
  const fullest = fullestSubnet(report);
  if (fullest === undefined) return tile("no demand", "", "no subnet has one");
  const { zone, subnet, need, usable } = fullest;
  const remark = `the fullest subnet, ${subnet} in ${zone}: ${figure(need)} of ${figure(usable)} addresses`;
  const text = report.fits
    ? `${percent(shareOf(fullest))} needed`
    : html`<span class="bad-text">not enough</span>`;
  return tile(text, shareBar(shareOf(fullest)), remark);
}

/** A share in the colour of how near to full it is. */
export function shareBar(share: number): Html {
  return bar([{ share, kind: share > 1 ? "bad" : share > 0.85 ? "warn" : "" }]);
}

export function percent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)}%` : "all";
}

function costTile({ total, sections, unpriced }: CostEstimate): Html {
  const shares = costSections
    .map((name) => ({ name, share: sections[name].expected / Math.max(0.01, total.expected) }))
    .sort((a, b) => b.share - a.share);
  const named = shares
    .slice(0, 3)
    .filter(({ share }) => share >= 0.01)
    .map(({ name, share }) => `${name} ${percent(share)}`);
  return tile(
    html`$${dollars(Math.round(total.expected)).replace(/\.00$/, "")} a month`,
    "",
    [
      named.join(", "),
      `$${dollars(Math.round(total.max)).replace(/\.00$/, "")} with the most nodes`,
      ...(unpriced.length === 0 ? [] : [`${withoutText(unpriced)}: no price is known`]),
    ]
      .filter((text) => text !== "")
      .join("; "),
  );
}

type Facts = readonly (readonly [name: string, value: string | Html])[];

function factsOf(target: Target): readonly (readonly [group: string, facts: Facts])[] {
  const { config, release } = target;
  const { network, cluster, cni } = config;
  const { kind } = cluster.endpoint;
  return [
    [
      "Where",
      [
        ["Account", config.account.id],
        ["Region", target.region],
        ["Kind", target.production ? "production" : "not production"],
        ["Stacks", String(target.stacks.length)],
      ],
    ],
    [
      "Cluster",
      [
        ["Name", target.clusterName],
        ["Kubernetes", `${release.kubernetes.version}, release ${release.name}`],
        ["API server", kind === "private" ? kind : badge("warn", kind)],
        ["CNI", cni.kind],
      ],
    ],
    [
      "Network",
      [
        ["VPC", target.vpcCidrs.map(formatCidr).join(", ")],
        ["Zones", zonesText(target)],
        ["Way out", network.egress.kind],
        ["Endpoints", network.endpoints.set],
      ],
    ],
  ];
}

/** `us-east-1a, b, c` */
function zonesText({ region, config }: Target): string {
  const [first, ...others] = [...config.network.zones].sort();
  return [first, ...others.map((zone) => (zone.startsWith(region) ? zone.slice(region.length) : zone))].join(
    ", ",
  );
}

export function factList(facts: Facts): Html {
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl>`;
}

import { counted } from "../text/counted";
import type { Target } from "../model/target";
import { dollars } from "../cost/cost-text";
import { sumWithoutText } from "../cost/total-text";
import { countLevels } from "../guardrails/report/text";
import { type Html, html } from "../text/html";
import { gravities, type OpenPoint } from "./open-points";
import { tones as gravityTones } from "./open-section";
import { badge, bar, foldedItems } from "./parts";
import { percent, readinessBar, shareBar } from "./summary-section";
import { htmlTable, type TableRow } from "./table";
import { fullestSubnet, shareOf, type TargetFacts } from "./target-facts";

export interface KnownTarget {
  readonly target: Target;
  readonly facts: TargetFacts;
}

const tones = ["bad", "warn", "good"] as const;

/** The worst first, and of those that are as bad, the ones with most open. */
export function worstFirst<T extends KnownTarget>(all: readonly T[]): readonly T[] {
  const rank = ({ facts }: KnownTarget) => tones.indexOf(facts.verdict.tone);
  return [...all].sort((a, b) => rank(a) - rank(b) || b.facts.open.length - a.facts.open.length);
}

/** Several targets side by side: one row each. */
export function overview(all: readonly KnownTarget[]): Html {
  const most = Math.max(0.01, ...all.map(({ facts }) => facts.cost.total.expected));
  const sum = all.reduce((total, { facts }) => total + facts.cost.total.expected, 0);
  const left = sumWithoutText(all.map(({ facts }) => facts.cost));
  return html`${htmlTable(
      `${counted(all.length, "target")}, the worst first`,
      [
        { name: "Target" },
        { name: "Verdict" },
        { name: "Guardrails" },
        { name: "Readiness", kind: "share" },
        { name: "Fullest subnet", kind: "share" },
        { name: "USD a month now", kind: "share" },
      ],
      worstFirst(all).map((each) => row(each, most)),
      { cards: true },
    )}
    <p>Together ${dollars(sum)} USD a month now${left === "" ? "" : `, ${left}`}.</p>`;
}

/** Points shown before the rest is folded. */
const SHOWN = 6;

/** What is open in all of them: the worst first, then what is open in most. */
export function openOfAll(all: readonly KnownTarget[]): Html {
  const points = new Map<string, { readonly point: OpenPoint; readonly targets: Target[] }>();
  for (const { target, facts } of all)
    for (const point of facts.open) {
      const key = [point.gravity, point.id, point.what].join("\n");
      const known = points.get(key) ?? { point, targets: [] };
      if (!known.targets.includes(target)) known.targets.push(target);
      points.set(key, known);
    }
  const sorted = [...points.values()].sort(
    (a, b) =>
      gravities.indexOf(a.point.gravity) - gravities.indexOf(b.point.gravity) ||
      b.targets.length - a.targets.length,
  );
  if (sorted.length === 0) return html`<p>Nothing.</p>`;
  return foldedItems(
    sorted.map(({ point, targets }) => ({
      badge: badge(gravityTones[point.gravity], point.gravity),
      head: point.what,
      ...(point.id === undefined ? {} : { aside: point.id }),
      text: [targetLinks(targets, all.length)],
    })),
    SHOWN,
  );
}

function targetLinks(targets: readonly Target[], all: number): Html {
  const links = targets.map(
    ({ workspace, name }, index) => html`${index === 0 ? "" : ", "}<a href="#${workspace}-open">${name}</a>`,
  );
  return html`<span class="more">${targets.length === all ? `all ${all} targets: ` : ""}${links}</span>`;
}

function row({ target, facts }: KnownTarget, mostUsd: number): TableRow {
  const { judged, capacity, cost, open, verdict } = facts;
  const { errors, warnings } = countLevels(judged.guardrails.findings);
  const { counts, items } = judged.readiness;
  const fullest = fullestSubnet(capacity);
  const usd = cost.total.expected;
  return {
    cells: [
      html`<a href="#${target.workspace}">${target.name}</a><br /><span class="more"
          >Kubernetes ${target.release.kubernetes.version}${target.production ? ", production" : ""}</span
        >`,
      html`${badge(verdict.tone, verdict.word)}<br /><span class="more">${open.length} open</span>`,
      html`${counted(errors, "error")}<br />${counted(warnings, "warning")}`,
      html`${counts.met} of ${items.length} met ${readinessBar({ counts, items })}`,
      fullest === undefined
        ? "no demand"
        : html`${fullest.subnet} ${percent(shareOf(fullest))} ${shareBar(shareOf(fullest))}`,
      html`${dollars(usd)}${cost.complete ? "" : "+"} ${bar([{ share: usd / mostUsd }])}`,
    ],
  };
}

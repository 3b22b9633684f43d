import type { Target } from "../model/target";
import { levelOf, remedyOf } from "../guardrails/report/describe";
import type { LocatedFinding, TargetReport } from "../guardrails/report/located";
import { countLevels, summary } from "../guardrails/report/text";
import { whereOf } from "./finding-place";
import { type Html, html } from "../text/html";
import { sentence } from "./open-points";
import { badge, fold, foldedItems, items, type ListItem, places } from "./parts";
import type { ReportSection } from "./sections";
import { waiverEffect } from "./waiver-effect";

/** Findings and waivers shown before the rest is folded. */
const SHOWN = 10;

export const guardrailsSection: ReportSection = {
  id: "guardrails",
  title: "Guardrails",
  render: ({ target, facts, heading }) => {
    const { guardrails } = facts().judged;
    const { asOf, findings, rules } = guardrails;
    const { waivers } = target.config;
    const errors = findings.filter((each) => levelOf(each) === "error");
    const warnings = findings.filter((each) => levelOf(each) === "warning");
    const unknown = findings.filter((each) => levelOf(each) === "unknown");
    return html`<p>${summary(countLevels(findings), rules, asOf)}.</p>
      ${part(heading, "Findings", alike([...errors, ...warnings]).map(findingItem))}
      ${part(heading, "Waivers", waiverItems(waivers, guardrails))} ${undecided(unknown)}`;
  },
};

function part(heading: (text: string) => Html, title: string, all: readonly ListItem[]): Html {
  return all.length === 0 ? html`<p>${title}: none.</p>` : html`${heading(title)} ${foldedItems(all, SHOWN)}`;
}

/** Findings of one rule with one text, which are often in every zone. */
function alike(findings: readonly LocatedFinding[]): readonly (readonly LocatedFinding[])[] {
  const groups = new Map<string, LocatedFinding[]>();
  for (const each of findings) {
    const key = [each.rule.id, levelOf(each), each.detail, remedyOf(each)].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

function findingItem(findings: readonly LocatedFinding[]): ListItem {
  const [finding] = findings;
  if (finding === undefined) return { head: "" };
  const error = levelOf(finding) === "error";
  return {
    badge: badge(error ? "bad" : "warn", levelOf(finding)),
    head: finding.rule.what,
    aside: finding.rule.id,
    text: [sentence(finding.detail), sentence(remedyOf(finding))],
    places: places(findings.map(whereOf)),
  };
}

/** Those that do nothing come first. */
function waiverItems(waivers: Target["config"]["waivers"], report: TargetReport): readonly ListItem[] {
  const judged = waivers.map((waiver) => ({ waiver, effect: waiverEffect(waiver, report) }));
  const idle = judged.filter(({ effect }) => "problem" in effect);
  return [...idle, ...judged.filter((each) => !idle.includes(each))].map(({ waiver, effect }) => ({
    badge:
      "problem" in effect
        ? badge("bad", `waives nothing: ${effect.problem}`)
        : badge("note", `until ${waiver.expires}`),
    head: waiver.reason,
    aside: waiver.rule,
    text: [
      `${waiver.owner}, until ${waiver.expires}, at ${waiver.at}`,
      ...("waives" in effect ? [html`<span class="more">Waives ${effect.waives}.</span>`] : []),
    ],
  }));
}

/** One item a rule: there are many findings where a registry module's policy is not known. */
function undecided(findings: readonly LocatedFinding[]): Html {
  if (findings.length === 0) return html`<p>Not decidable before apply: none.</p>`;
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const all = rules.map((rule): ListItem => {
    const mine = findings.filter((each) => each.rule === rule);
    return {
      head: rule.what,
      aside: rule.id,
      text: [sentence([...new Set(mine.map(({ detail }) => detail))].join("; "))],
      places: places(mine.map(whereOf), 1),
    };
  });
  const title = `Not decidable before apply: ${findings.length} findings of ${rules.length} rules`;
  return fold(title, items(all), { print: true });
}

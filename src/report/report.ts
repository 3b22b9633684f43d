import type { Fleet, Target } from "../model/target";
import { dataAsOf } from "../facts/as-of";
import { capacitySection } from "./capacity-section";
import { costSection } from "./cost-section";
import { guardrailsSection } from "./guardrails-section";
import { Html, html } from "../text/html";
import { htmlPage } from "./html";
import { meshSection, networkSection } from "./network-section";
import { openSection } from "./open-section";
import { type KnownTarget, openOfAll, overview, worstFirst } from "./overview";
import { badge } from "./parts";
import { permissionsSection } from "./permissions-section";
import { reachabilitySection } from "./reachability-section";
import { readinessSection } from "./readiness-section";
import type { ReportContext, ReportSection } from "./sections";
import { stacksSection } from "./stacks-section";
import { summarySection } from "./summary-section";
import { targetFacts } from "./target-facts";
import { fleetVerdict, type Verdict } from "./verdict";
import { versionsSection } from "./versions-section";

/** Parts of a target's report, in their order. */
export const reportSections: readonly ReportSection[] = [
  summarySection,
  openSection,
  networkSection,
  capacitySection,
  costSection,
  guardrailsSection,
  permissionsSection,
  reachabilitySection,
  readinessSection,
  stacksSection,
  meshSection,
  versionsSection,
];

export interface ReportOptions {
  /** Where peers and reused ranges are looked for; the targets alone, if left out. */
  readonly fleet?: Fleet;
  /** `YYYY-MM-DD` */
  readonly asOf?: string;
  /** Gives the day that waivers and decisions are compared with; left out, `asOf` or the day of the data. */
  readonly judgedOn?: () => string;
  readonly sections?: readonly ReportSection[];
}

/**
 * One HTML page about targets that asks for nothing from elsewhere. The same files give the same bytes.
 *
 * @throws RangeError if there is no target
 */
export function reportPage(targets: readonly Target[], options: ReportOptions = {}): string {
  const { fleet = { targets }, asOf, sections = reportSections } = options;
  const { judgedOn = () => asOf ?? dataAsOf } = options;
  const known = targets.map((target) => ({ target, facts: targetFacts(target, { fleet, asOf, judgedOn }) }));
  const [first, ...others] = known;
  if (first === undefined) throw new RangeError("there is no target to report on");
  const context = { fleet, asOf };
  return others.length === 0 ? pageOfOne(first, sections, context) : pageOfMany(known, sections, context);
}

type Shared = Pick<ReportContext, "fleet" | "asOf">;

function pageOfOne(known: KnownTarget, sections: readonly ReportSection[], shared: Shared): string {
  const { target, facts } = known;
  const body = targetParts(known, sections, shared, 2);
  return page(
    `Octarine report: ${target.name}`,
    top(target.name, facts.judged.readiness.asOf, facts.verdict),
    html`<section class="target" id="${target.workspace}" aria-label="${target.name}">${body}</section>`,
  );
}

/** An overview, and a fold for each target, the worst first. */
function pageOfMany(all: readonly KnownTarget[], sections: readonly ReportSection[], shared: Shared): string {
  const day = all[0]?.facts.judged.readiness.asOf ?? "";
  const verdict = fleetVerdict(
    all.map(({ target, facts }) => ({ name: target.name, verdict: facts.verdict })),
  );
  const folds = worstFirst(all).map((known) => {
    const { target, facts } = known;
    const body = targetParts(known, sections, shared, 3);
    return html`<details class="target print" id="${target.workspace}">
      <summary>
        <h2>${target.name}</h2>
        ${badge(facts.verdict.tone, facts.verdict.word)}
      </summary>
      ${verdictLine(facts.verdict)} ${body}
    </details> `;
  });
  return page(
    `Octarine report: ${all.length} targets`,
    top(`${all.length} targets`, day, verdict),
    html`${overview(all)}
      <h2>What is open, worst first</h2>
      ${openOfAll(all)} ${folds}`,
  );
}

function page(title: string, header: Html, main: Html): string {
  return htmlPage(
    title,
    html`<a class="skip" href="#content">Skip to the content</a>
      <header>${header}</header>
      <main id="content">${main}</main>`,
  );
}

function top(name: string, day: string, verdict: Verdict): Html {
  return html`<p class="eyebrow">Octarine report, as of ${day}</p>
    <h1>${name}</h1>
    ${verdictLine(verdict)}`;
}

function verdictLine({ tone, sentence }: Verdict): Html {
  return html`<p class="verdict ${tone}">${sentence}</p>`;
}

interface Rendered {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

function contents(of: string, rendered: readonly Rendered[]): Html {
  return html`<nav aria-label="Contents of ${of}">
    <ul>
      ${rendered.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li> `)}
    </ul>
  </nav>`;
}

/** @param level of the headings of sections */
function targetParts(
  { target, facts }: KnownTarget,
  sections: readonly ReportSection[],
  shared: Shared,
  level: 2 | 3,
): Html {
  const idPrefix = target.workspace;
  const [tag, below] = [new Html(`h${level}`), new Html(`h${level + 1}`)];
  const context: ReportContext = {
    ...shared,
    target,
    idPrefix,
    facts: () => facts,
    heading: (text) => html`<${below}>${text}</${below}>`,
  };
  const rendered = sections.flatMap(({ id, title, render, ...options }): (Rendered & typeof options)[] => {
    const content = render(context);
    return content === undefined ? [] : [{ id: `${idPrefix}-${id}`, title, content, ...options }];
  });
  const [summary, ...others] = rendered.map(
    ({ id, title, content, obvious, picture }) =>
      html`<section id="${id}"${new Html(picture === true ? ' class="whole"' : "")} aria-labelledby="${id}-heading">
        <${tag} id="${id}-heading"${new Html(obvious === true ? ' class="unseen"' : "")}>${title}</${tag}>
        ${content}
      </section> `,
  );
  return html`${summary ?? ""} ${contents(target.name, rendered.slice(1))} ${others}`;
}

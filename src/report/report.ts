import type { Fleet, Target } from "../config/target";
import { dataAsOf } from "../facts/as-of";
import { targetVerdict, type TargetVerdict } from "../synth/target-report";
import { capacitySection } from "./capacity-section";
import { costSection } from "./cost-section";
import { guardrailsSection } from "./guardrails-section";
import { type Html, html, htmlPage } from "./html";
import { picturesSection } from "./pictures-section";
import { readinessSection } from "./readiness-section";
import type { ReportContext, ReportSection } from "./sections";
import { summarySection } from "./summary-section";
import { versionsSection } from "./versions-section";

/** Parts of a target's report, in their order. */
export const reportSections: readonly ReportSection[] = [
  summarySection,
  picturesSection,
  capacitySection,
  costSection,
  guardrailsSection,
  readinessSection,
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
  const [first, ...others] = targets;
  if (first === undefined) throw new RangeError("there is no target to report on");
  const title = others.length === 0 ? `Octarine report: ${first.name}` : "Octarine report";
  const parts = targets.map((target) => {
    let known: TargetVerdict | undefined;
    const verdict = () => (known ??= targetVerdict(target, judgedOn));
    return targetPart({ target, fleet, asOf, verdict, idPrefix: target.workspace }, sections);
  });
  return htmlPage(
    title,
    html`<a class="skip" href="#content">Skip to the content</a>
      <header>
        <h1>${title}</h1>
        <nav aria-label="Contents">
          <ul>
            ${parts.map(({ links }) => links)}
          </ul>
        </nav>
      </header>
      <main id="content">${parts.map(({ body }) => body)}</main>`,
  );
}

function targetPart(
  context: ReportContext,
  sections: readonly ReportSection[],
): { readonly links: Html; readonly body: Html } {
  const { target, idPrefix } = context;
  const rendered = sections.flatMap(({ id, title, render }) => {
    const content = render(context);
    return content === undefined ? [] : [{ id: `${idPrefix}-${id}`, title, content }];
  });
  return {
    links: html`<li><a href="#${idPrefix}">${target.name}</a></li>
      ${rendered.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li> `)}`,
    body: html`<section class="target" id="${idPrefix}" aria-labelledby="${idPrefix}-heading">
      <h2 id="${idPrefix}-heading">${target.name}</h2>
      ${rendered.map(
        ({ id, title, content }) =>
          html`<section id="${id}" aria-labelledby="${id}-heading">
            <h3 id="${id}-heading">${title}</h3>
            ${content}
          </section> `,
      )}
    </section> `,
  };
}

import { listed } from "../text/listed";
import type { CostEstimate } from "./cost-estimate";
import { costSections } from "./cost-line";
import type { UnpricedSection } from "./unpriced-sections";

/** What a total is called: `total`, or `total without nodes, endpoints and part of traffic (no price)`. */
export function totalText({ unpriced }: Pick<CostEstimate, "unpriced">): string {
  return unpriced.length === 0 ? "total" : `total ${withoutText(unpriced)} (no price)`;
}

/** `without nodes, endpoints and part of traffic`. */
export function withoutText(unpriced: readonly UnpricedSection[]): string {
  return `without ${listed(unpriced.map(({ section, whole }) => (whole ? section : `part of ${section}`)))}`;
}

/** What the sum of several targets leaves out: `without nodes of 3 targets and logs of 1 (no price)`. */
export function sumWithoutText(estimates: readonly Pick<CostEstimate, "unpriced">[]): string {
  const parts = costSections.flatMap((section) => {
    const open = estimates.filter(({ unpriced }) => unpriced.some((each) => each.section === section));
    if (open.length === 0) return [];
    const whole = open.every(({ unpriced }) =>
      unpriced.some((each) => each.section === section && each.whole),
    );
    return [{ text: whole ? section : `part of ${section}`, targets: open.length }];
  });
  const counts = [...new Set(parts.map(({ targets }) => targets))];
  const groups = counts.map((count) => {
    const names = parts.filter(({ targets }) => targets === count).map(({ text }) => text);
    return `${listed(names)} of ${count} ${count === 1 ? "target" : "targets"}`;
  });
  return parts.length === 0 ? "" : `without ${groups.join("; ")} (no price)`;
}

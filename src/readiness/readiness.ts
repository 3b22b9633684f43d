import { type Answer, type Checklist, type Facts, type Item, type Status } from "./item";
import { enterpriseItems } from "./enterprise-items";
import { networkingItems } from "./networking-items";

export interface JudgedItem extends Answer {
  readonly list: Checklist;
  readonly group: string;
  readonly number: number;
  readonly asks: string;
}

export interface ReadinessReport {
  readonly target: string;
  readonly asOf: string;
  readonly counts: Readonly<Record<Status, number>>;
  readonly items: readonly JudgedItem[];
}

export const allItems: readonly Item[] = [...networkingItems, ...enterpriseItems];

/** Every item of both checklists, in their order. */
export function readiness(facts: Facts): ReadinessReport {
  const items = allItems.map(({ judge, ...item }): JudgedItem => ({ ...item, ...judge(facts) }));
  const count = (status: Status) => items.filter((each) => each.status === status).length;
  return {
    target: facts.target.name,
    asOf: facts.asOf(),
    counts: {
      met: count("met"),
      "not met": count("not met"),
      "not decidable before apply": count("not decidable before apply"),
      "decision needed": count("decision needed"),
    },
    items,
  };
}

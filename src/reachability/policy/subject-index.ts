import { isUnknown } from "../../values/value";
import type { Label } from "./labels";
import type { PolicyRule } from "./rules";
import type { Requirement } from "./selectors";

/** A rule with its place among all rules. */
export interface Placed {
  readonly index: number;
  readonly rule: PolicyRule;
}

/** Labels of which a rule asks for one, with values that are known. */
type Asked = Omit<Requirement, "values"> & { readonly values: readonly string[] };

/**
 * Rules by a label that they ask of their subject, so that pods with a policy each are not compared with the policies of all others.
 */
export class SubjectIndex {
  /** Rules that ask for no label whose value is known. */
  readonly #others: Placed[] = [];
  readonly #byKey = new Map<string, Map<string, Placed[]>>();

  constructor(rules: readonly Placed[]) {
    const all = rules.map((placed) => ({ placed, asked: askedOf(placed.rule) }));
    const counts = countsOf(all.flatMap(({ asked }) => asked));
    const mostOf = ({ key, values }: Asked) =>
      Math.max(...values.map((value) => counts.get(labelKey(key, value)) ?? 0));
    for (const { placed, asked } of all) {
      const rarest = asked.reduce<Asked | undefined>(
        (best, each) => (best !== undefined && mostOf(best) <= mostOf(each) ? best : each),
        undefined,
      );
      if (rarest === undefined) this.#others.push(placed);
      else for (const value of new Set(rarest.values)) this.#bucket(rarest.key, value).push(placed);
    }
  }

  /** All rules that may select an end with these labels, and hardly any others; in no order. */
  about(labels: readonly Label[]): ReadonlySet<Placed> {
    const found = labels.flatMap(({ key, value }) => {
      const byValue = this.#byKey.get(key);
      if (byValue === undefined) return [];
      return isUnknown(value) ? [...byValue.values()].flat() : (byValue.get(value) ?? []);
    });
    return new Set([...this.#others, ...found]);
  }

  #bucket(key: string, value: string): Placed[] {
    const byValue = this.#byKey.get(key) ?? new Map<string, Placed[]>();
    this.#byKey.set(key, byValue);
    const bucket = byValue.get(value) ?? [];
    byValue.set(value, bucket);
    return bucket;
  }
}

function countsOf(asked: readonly Asked[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { key, values } of asked)
    for (const value of values) {
      const label = labelKey(key, value);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  return counts;
}

function askedOf({ subject }: PolicyRule): readonly Asked[] {
  return subject.flatMap(({ values, ...each }) => {
    const known = values.flatMap((value) => (isUnknown(value) ? [] : [value]));
    return each.operator === "In" && known.length > 0 && known.length === values.length
      ? [{ ...each, values: known }]
      : [];
  });
}

function labelKey(key: string, value: string): string {
  return `${key}=${value}`;
}

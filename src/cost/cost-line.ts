import { constant, type CostRange, times } from "./cost-range";
import type { CostInput } from "./cost-input";
import { type Price, priceOf } from "./prices";
import { type PriceName, priceTable } from "./price-names";

export const costSections = ["cluster", "nodes", "egress", "endpoints", "traffic", "logs"] as const;
export type CostSection = (typeof costSections)[number];

/** One line of an estimate, a month. */
export interface CostLine {
  readonly section: CostSection;
  readonly item: string;
  /** How much of what: `2190 hours`. */
  readonly quantity: CostRange;
  readonly unit: string;
  /** Undefined where no price is known for the region. */
  readonly price?: Price;
  readonly usd?: CostRange;
}

/** A price that an estimate needs and that nobody gave for its region. */
export interface MissingPrice {
  readonly region: string;
  /** Key below `cost.prices`: `natGatewayHour`, `instances.m7i.large`. */
  readonly key: string;
  readonly text: string;
}

/** A line of a quantity and one price. Nothing where there is none of it. */
export function priced(
  input: CostInput,
  section: CostSection,
  item: string,
  name: PriceName,
  quantity: number | CostRange,
): { readonly lines: readonly CostLine[]; readonly missing: readonly MissingPrice[] } {
  const range = typeof quantity === "number" ? constant(quantity) : quantity;
  if (range.max === 0) return { lines: [], missing: [] };
  const price = priceOf(name, input.region, input.given);
  const line = { section, item, quantity: range, unit: priceTable[name].unit };
  if (price !== undefined) return { lines: [{ ...line, price, usd: times(range, price.usd) }], missing: [] };
  return { lines: [line], missing: [{ region: input.region, key: name, text: priceTable[name].text }] };
}

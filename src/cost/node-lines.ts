import type { CostLine, MissingPrice } from "./cost-line";
import type { CostInput, CostNodes } from "./cost-input";
import { type Price, instancePrice } from "./prices";

/**
 * A line for each group. Fewest nodes are counted at the cheapest type, most at the dearest, and what is wanted
 * now at the first type, which managed groups try first for on-demand capacity (EKS User Guide, "Managed node groups").
 */
export function nodeLines(input: CostInput): {
  readonly lines: readonly CostLine[];
  readonly missing: readonly MissingPrice[];
} {
  const missing = new Map<string, MissingPrice>();
  const lines = input.nodes.map((nodes) => {
    const prices = nodes.instanceTypes.map((type) => {
      const price = instancePrice(type, input.region, input.given);
      const key = `instances.${type}`;
      if (price === undefined) {
        missing.set(key, { region: input.region, key, text: `${type}, on demand, an hour` });
      }
      return price;
    });
    return nodeLine(input, nodes, prices);
  });
  return { lines, missing: [...missing.values()] };
}

function nodeLine(input: CostInput, nodes: CostNodes, prices: readonly (Price | undefined)[]): CostLine {
  const { hoursPerMonth, spotPercentOfOnDemand } = input.assumptions;
  const { size } = nodes;
  const quantity = {
    min: size.min * hoursPerMonth,
    expected: size.expected * hoursPerMonth,
    max: size.max * hoursPerMonth,
  };
  const line: CostLine = { section: "nodes", item: itemOf(nodes), quantity, unit: "hour" };
  const known = prices.filter((price) => price !== undefined);
  const [first] = known;
  if (first === undefined || known.length < prices.length) return line;
  const share = nodes.capacity === "spot" ? spotPercentOfOnDemand / 100 : 1;
  const each = known.map(({ usd }) => usd * share);
  return {
    ...line,
    price: { ...first, usd: first.usd * share },
    usd: {
      min: quantity.min * Math.min(...each),
      expected: quantity.expected * first.usd * share,
      max: quantity.max * Math.max(...each),
    },
  };
}

function itemOf({ name, instanceTypes, size, capacity }: CostNodes): string {
  const [first, ...others] = instanceTypes;
  const types = others.length > 0 ? `${first} or ${others.length} more` : (first ?? "no type");
  const range = size.min === size.max ? `${size.min}` : `${size.min} to ${size.max}`;
  return `group ${name}: ${range} × ${types}${capacity === "spot" ? ", Spot" : ""}`;
}

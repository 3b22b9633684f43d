import { instanceType } from "../facts/instance-types";
import type { CostInput, CostPool } from "./cost-input";
import type { CostLine, MissingPrice } from "./cost-line";
import { instancePrice, type Price } from "./prices";

interface PerVcpu {
  readonly type: string;
  readonly price: Price;
  /** USD an hour and vCPU, on demand. */
  readonly usd: number;
}

/**
 * A line for each Karpenter pool, in vCPU hours: nothing at the least, and at the most its limit at the dearest price of a
 * vCPU among its types. What runs now is assumed, at the cheapest: Karpenter launches what costs least.
 */
export function poolLines(input: CostInput): {
  readonly lines: readonly CostLine[];
  readonly missing: readonly MissingPrice[];
  readonly notes: readonly string[];
} {
  const parts = input.pools.map((pool) => poolPart(input, pool));
  return {
    lines: parts.map(({ line }) => line),
    missing: parts.flatMap(({ missing }) => missing),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

function poolPart(input: CostInput, pool: CostPool) {
  const { hoursPerMonth, poolPercentOfLimit, spotPercentOfOnDemand } = input.assumptions;
  const { name, instanceTypes, cpuLimit = 0, capacity } = pool;
  const hours = cpuLimit * hoursPerMonth;
  const quantity = { min: 0, expected: (hours * poolPercentOfLimit) / 100, max: hours };
  const spot = capacity.includes("spot") ? ", Spot" : "";
  const line: CostLine = {
    section: "nodes",
    item: `pool ${name}: up to ${cpuLimit} vCPU, ${instanceTypes.length} types${spot}`,
    quantity,
    unit: "vCPU-hour",
  };
  const known = instanceTypes
    .flatMap((type) => perVcpu(type, input) ?? [])
    .sort((a, b) => a.usd - b.usd || (a.type < b.type ? -1 : 1));
  const [cheapest] = known;
  const dearest = known.at(-1);
  if (cheapest === undefined || dearest === undefined) {
    const [first = "<type>"] = instanceTypes;
    const text = `types of pool ${name}, on demand, an hour`;
    return { line, missing: [{ region: input.region, key: `instances.${first}`, text }], notes: [] };
  }
  const share = spotPercentOfOnDemand / 100;
  const now = cheapest.usd * (capacity.includes("spot") ? share : 1);
  const most = dearest.usd * (capacity.includes("on-demand") ? 1 : share);
  return {
    line: {
      ...line,
      price: { ...cheapest.price, usd: now, unit: "vCPU-hour" },
      usd: { min: 0, expected: quantity.expected * now, max: quantity.max * most },
    },
    missing: [],
    notes: [
      `pool ${name}: now ${cheapest.type}, at most ${dearest.type}` +
        (known.length < instanceTypes.length
          ? `; ${instanceTypes.length - known.length} of its types have no price in ${input.region} and are left out`
          : ""),
    ],
  };
}

function perVcpu(type: string, { region, given }: CostInput): PerVcpu | undefined {
  const price = instancePrice(type, region, given);
  const vcpu = instanceType(type)?.vcpu;
  return price && vcpu ? { type, price, usd: price.usd / vcpu } : undefined;
}

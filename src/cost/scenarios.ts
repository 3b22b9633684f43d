import { allInstanceTypes, instanceType } from "../facts/instance-types";
import { type CostEstimate, costEstimate } from "./cost-estimate";
import type { CostInput } from "./cost-input";
import { type CostRange, subtract } from "./cost-range";

/** The same target built another way. */
export interface CostScenario {
  readonly name: string;
  /** What it gives up, or what its figure rests on. */
  readonly remark: string;
  readonly total: CostRange;
  readonly complete: boolean;
  /** Against the target as it is; below zero it is cheaper. Undefined where a price of either is missing. */
  readonly difference?: CostRange;
}

interface Change {
  readonly name: string;
  readonly remark: string;
  readonly input: CostInput;
}

/**
 * Ways that differ from what the target has. One that changes nothing is left out.
 *
 * @param sets number of interface endpoints of the standard and of the isolated set
 */
export function costScenarios(
  input: CostInput,
  sets: { readonly standard: number; readonly isolated: number },
): readonly CostScenario[] {
  const now = costEstimate(input);
  return [...natChanges(input), ...endpointChanges(input, sets), graviton(input), ...spot(input)]
    .filter((change) => change !== undefined)
    .map((change) => scenario(change, now));
}

function scenario({ name, remark, input }: Change, now: CostEstimate): CostScenario {
  const { total, complete } = costEstimate(input);
  const comparable = complete && now.complete;
  return { name, remark, total, complete, ...(comparable ? { difference: subtract(total, now.total) } : {}) };
}

function natChanges(input: CostInput): Change[] {
  const { natGateways, zones, firewallEndpoints } = input;
  if (natGateways === 0 || firewallEndpoints > 0) return [];
  return natGateways > 1
    ? [
        {
          name: "one NAT gateway",
          remark: "all zones lose egress with its zone, and their traffic to it crosses zones",
          input: {
            ...input,
            natGateways: 1,
            assumptions: {
              ...input.assumptions,
              crossZoneGB:
                input.assumptions.crossZoneGB + (input.assumptions.natGB * (zones - 1)) / (2 * zones),
            },
          },
        },
      ]
    : [
        {
          name: "NAT gateway per zone",
          remark: "a zone's loss stays in that zone",
          input: { ...input, natGateways: zones },
        },
      ];
}

function endpointChanges(
  input: CostInput,
  sets: { readonly standard: number; readonly isolated: number },
): Change[] {
  const { assumptions, natGateways, interfaceEndpoints } = input;
  if (natGateways === 0 || input.firewallEndpoints > 0) return [];
  const changes: Change[] = [];
  if (interfaceEndpoints > 0) {
    changes.push({
      name: "NAT in place of endpoints",
      remark: "their traffic goes through NAT, and no endpoint policy limits it",
      input: {
        ...input,
        interfaceEndpoints: 0,
        assumptions: { ...assumptions, natGB: assumptions.natGB + assumptions.endpointGB },
      },
    });
  } else {
    changes.push({
      name: "standard endpoints beside NAT",
      remark: "the assumed endpoint traffic leaves NAT",
      input: {
        ...input,
        interfaceEndpoints: sets.standard,
        assumptions: { ...assumptions, natGB: Math.max(0, assumptions.natGB - assumptions.endpointGB) },
      },
    });
  }
  changes.push({
    name: "endpoints in place of NAT",
    remark: "no way to the internet: images come from a mirror (egress kind none)",
    input: {
      ...input,
      natGateways: 0,
      interfaceEndpoints: Math.max(sets.isolated, interfaceEndpoints),
      assumptions: { ...assumptions, endpointGB: assumptions.endpointGB + assumptions.natGB },
    },
  });
  return changes;
}

/**
 * The Graviton type of the same family letters, generation and size, with as many vCPUs: m7i.large gives m7g.large. Undefined
 * where there is none.
 */
export function gravitonOf(type: string): string | undefined {
  const match = /^([a-z]+\d+)[a-z]*\.(.+)$/.exec(type);
  const current = instanceType(type);
  if (match === null || current === undefined || current.arch.includes("arm64")) return undefined;
  const [, family, size] = match;
  const named = family === "t3" ? `t4g.${size}` : `${family}g.${size}`;
  for (const other of allInstanceTypes()) {
    if (other.name === named && other.vcpu === current.vcpu && other.arch.includes("arm64")) return named;
  }
  return undefined;
}

function graviton(input: CostInput): Change | undefined {
  const types = [...new Set(input.nodes.flatMap(({ instanceTypes }) => instanceTypes))];
  const other = new Map(types.map((type) => [type, gravitonOf(type)]));
  const kept = types.filter(
    (type) => other.get(type) === undefined && !instanceType(type)?.arch.includes("arm64"),
  );
  if (types.every((type) => other.get(type) === undefined)) return undefined;
  return {
    name: "Graviton nodes",
    remark:
      "images must be built for arm64" +
      (kept.length > 0 ? `; without a counterpart, kept: ${kept.join(", ")}` : ""),
    input: {
      ...input,
      nodes: input.nodes.map((nodes) => ({
        ...nodes,
        instanceTypes: nodes.instanceTypes.map((type) => other.get(type) ?? type),
      })),
    },
  };
}

/** Without an assumption below 100 percent there is nothing to compare: Spot prices change by the hour. */
function spot(input: CostInput): Change[] {
  const percent = input.assumptions.spotPercentOfOnDemand;
  if (percent >= 100 || input.nodes.every(({ capacity }) => capacity === "spot")) return [];
  return [
    {
      name: "Spot nodes",
      remark: `at ${percent}% of the on-demand price, as assumed; AWS takes nodes back at two minutes' notice`,
      input: { ...input, nodes: input.nodes.map((nodes) => ({ ...nodes, capacity: "spot" as const })) },
    },
  ];
}

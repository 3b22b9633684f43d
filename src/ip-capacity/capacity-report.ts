import type { CapacityReport } from "./reported-capacity";
import { requireInstanceType } from "../facts/instance-types";

import { capacityAnswers } from "./capacity-answers";
import { type CapacityBasis, capacityBasis } from "./capacity-basis";
import type { CapacityInput } from "./capacity-input";
import { capacityProblems } from "./capacity-problems";
import { type InstanceTypesForDensity, instanceTypesForDensity } from "./instance-type-advice";
import { metricsToWatch } from "./metrics-to-watch";
import { adviseModes, type ModeAdvice } from "./mode-advice";
import { usesCilium } from "./pod-density-mode";
import { type PrefixReport, prefixReport } from "./prefix-report";
import { checkQuotas, networkQuotaNeeds, type QuotaCheck } from "./quotas";
import { unknownFigures } from "./unknown-figures";
import { type VcpuNeeds, vcpuNeeds } from "./vcpu-needs";
import { type WarmPoolChoice, warmPoolTradeOff } from "./warm-pool-trade-off";
import { zoneLosses } from "./zone-loss";

/** Whether a target fits and what does not: the part of a report that synth needs. */
export type CapacityCheck = Pick<CapacityReport, "target" | "fits" | "problems">;

/**
 * Checks a target without working out what only a reader wants to know, which is most of the work.
 *
 * @throws UnknownInstanceTypeError for a type that is not in the table
 * @throws RangeError if there is no zone
 */
export function capacityCheck(input: CapacityInput): CapacityCheck {
  const { target, fits, problems } = examine(input, capacityBasis(input));
  return { target, fits, problems };
}

/**
 * Everything there is to say of a target's addresses.
 *
 * @throws UnknownInstanceTypeError for a type that is not in the table
 * @throws RangeError if there is no zone
 */
export function capacityReport(input: CapacityInput): CapacityReport {
  const basis = capacityBasis(input);
  const { vcpus, ...examined } = examine(input, basis);
  const report = {
    format: 1 as const,
    ...examined,
    warmPool: warmPoolOf(input, basis),
    instanceTypes: instanceTypesOf(input, basis),
    metrics: metricsToWatch(input.mode),
    assumptions: [...basis.counts.assumptions, ...(input.assumptions ?? [])],
    unknown: unknownFigures(input, basis.densities, vcpus),
  };
  return { ...report, answers: capacityAnswers(report) };
}

/**
 * Only the prefixes of a report.
 *
 * @throws UnknownInstanceTypeError for a type that is not in the table
 * @throws RangeError if there is no zone
 */
export function capacityPrefixes(input: CapacityInput): PrefixReport | null {
  const { zones, counts, held } = capacityBasis(input);
  return prefixReport(
    input,
    zones.map(({ report }) => report),
    counts.podsPerNode,
    held,
  );
}

function examine(input: CapacityInput, basis: CapacityBasis) {
  const { densities, held, maxPodsWanted, counts } = basis;
  const zones = basis.zones.map(({ report }) => report);
  const modes = modesOf(input, basis);
  const losses = zoneLosses(basis.zones, Math.max(input.zonesLost ?? 0, 1));
  const prefixes = prefixReport(input, zones, counts.podsPerNode, held);
  const vcpus = vcpuNeeds(input.groups, input.pools);
  const quotas = quotasOf(input, basis, vcpus);
  const problems = capacityProblems({
    input,
    zones,
    densities,
    maxPodsWanted,
    helpfulChanges: modes.filter(({ helps }) => helps).map(({ change }) => change),
    losses: (input.zonesLost ?? 0) > 0 ? losses : [],
    heldBeyondNeed: basis.heldUncounted,
    prefixes,
    quotas,
  });
  return {
    target: input.target,
    mode: input.mode,
    fits: problems.every(({ severity }) => severity === "warning"),
    problems,
    zones,
    maxPodsWanted,
    densities,
    zoneLosses: losses,
    held,
    prefixes,
    modes,
    quotas,
    vcpus,
  };
}

function modesOf(
  { mode, density = {} }: CapacityInput,
  { tightest, types, maxPodsWanted, zones, densities }: CapacityBasis,
): readonly ModeAdvice[] {
  const reached = densities.some(({ maxPods }) => (maxPods ?? 0) >= maxPodsWanted);
  return adviseModes({
    demand: tightest.demand,
    usable: tightest.usable,
    types,
    mode,
    options: density,
    maxPodsWanted,
    addressesShort: zones.some(({ report }) =>
      report.subnets.some(({ subnet, fits }) => subnet !== "public" && !fits),
    ),
    densityShort: densities.length > 0 && !reached,
  });
}

function warmPoolOf(
  { mode, density, warmPool }: CapacityInput,
  { held, counts }: CapacityBasis,
): readonly WarmPoolChoice[] {
  if (held === null || usesCilium(mode)) return [];
  return warmPoolTradeOff({
    type: requireInstanceType(held.instanceType),
    nodes: Math.max(...counts.zones.map(({ nodes }) => nodes)),
    podsPerNode: counts.podsPerNode,
    settings: warmPool,
    options: { ...density, mode },
  });
}

/** Types that reach the density and are no smaller than the smallest in use, or any if none is named. */
function instanceTypesOf(
  { mode, density }: CapacityInput,
  { types, maxPodsWanted }: CapacityBasis,
): InstanceTypesForDensity {
  const used = types.map(requireInstanceType);
  return instanceTypesForDensity({
    podsPerNode: maxPodsWanted,
    mode,
    options: density,
    ...(used.length > 0
      ? {
          vcpu: Math.min(...used.map(({ vcpu }) => vcpu)),
          memoryMiB: Math.min(...used.map(({ memoryMiB }) => memoryMiB)),
          arch: [...new Set(used.flatMap(({ arch }) => arch))],
        }
      : {}),
  });
}

function quotasOf(
  { network, quotas, density }: CapacityInput,
  { zones, held, densities }: CapacityBasis,
  { onDemand, spot }: VcpuNeeds,
): readonly QuotaCheck[] {
  // Each pod with groups of its own has an interface of its own.
  const branchEnis = density?.securityGroupsForPods
    ? Math.max(0, ...densities.flatMap(({ types }) => types.map(({ podEnis }) => podEnis ?? 0)))
    : 0;
  const needs = networkQuotaNeeds({
    ...network,
    zones: zones.length,
    nodesInZone: Math.max(...zones.map(({ report }) => report.nodes.total)),
    enisPerNode: 1 + (held?.eniPrimaries ?? 0) + branchEnis,
    otherEnisInZone: network?.otherEnisPerZone,
    routes: network?.routesPerTable,
    ...(onDemand > 0 ? { vcpusOnDemand: onDemand } : {}),
    ...(spot > 0 ? { vcpusSpot: spot } : {}),
  });
  return checkQuotas(needs, quotas);
}

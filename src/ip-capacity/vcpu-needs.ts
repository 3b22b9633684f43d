import { requireInstanceType } from "../facts/instance-types";

import type { CapacityGroup, CapacityPool, CapacityType } from "./capacity-input";

export interface VcpuNeeds {
  /** vCPUs that count against the quota of the standard families, at maximum sizes and CPU limits. */
  readonly onDemand: number;
  readonly spot: number;
  /** Types whose family has a vCPU quota of its own, for which no default is known here. */
  readonly otherQuotas: readonly string[];
}

/** A, C, D, H, I, M, R, T and Z share one quota; `im` and `is` are of family I (EC2 quota L-1216C47A). */
const STANDARD_FAMILY = /^(a|c|d|h|i|im|is|m|r|t|z)\d/;

/**
 * vCPUs of node groups at their maximum and of pools at their limit. Groups and pools that may use both capacity
 * types count against both quotas, because either can come to run all of them.
 */
export function vcpuNeeds(groups: readonly CapacityGroup[], pools: readonly CapacityPool[]): VcpuNeeds {
  const needs = [
    ...groups.map(({ instanceTypes, maxSize, capacity }) => ({
      vcpus: maxSize * largestStandard(instanceTypes),
      capacity: capacity ?? ["on-demand"],
    })),
    ...pools.map(({ instanceTypes, cpuLimit, capacity }) => ({
      vcpus: instanceTypes.some(isStandard) ? (cpuLimit ?? 0) : 0,
      capacity: capacity ?? ["on-demand"],
    })),
  ];
  const of = (type: CapacityType) =>
    needs.reduce((total, { vcpus, capacity }) => total + (capacity.includes(type) ? vcpus : 0), 0);
  const names = [...groups, ...pools].flatMap(({ instanceTypes }) => instanceTypes);
  return {
    onDemand: of("on-demand"),
    spot: of("spot"),
    otherQuotas: [...new Set(names.filter((name) => !isStandard(name)))].sort(),
  };
}

function isStandard(name: string): boolean {
  return STANDARD_FAMILY.test(name);
}

function largestStandard(names: readonly string[]): number {
  return Math.max(0, ...names.filter(isStandard).map((name) => requireInstanceType(name).vcpu));
}

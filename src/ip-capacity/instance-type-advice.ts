import { allInstanceTypes, type InstanceType, priceSource } from "../facts/instance-types";

import { podDensity, type PodDensityOptions } from "./pod-density";
import type { PodDensityMode } from "./pod-density-mode";

export interface InstanceTypeWish {
  /** Figure for kubelet that a node is to reach. */
  readonly podsPerNode: number;
  readonly mode: PodDensityMode;
  readonly options?: PodDensityOptions;
  /** Only types with one of these architectures, as EC2 names them: `x86_64`, `arm64`. Default: both. */
  readonly arch?: readonly string[];
  /** Only types with at least so much of each. */
  readonly vcpu?: number;
  readonly memoryMiB?: number;
  /** How many to name. Default 6. */
  readonly limit?: number;
}

export interface InstanceTypeAdvice {
  readonly instanceType: string;
  readonly maxPods: number;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly onDemandUsdPerHour: number;
}

export interface InstanceTypesForDensity {
  /** The cheapest first. */
  readonly types: readonly InstanceTypeAdvice[];
  /** How many types reach the density in all. */
  readonly reaching: number;
  /** Of these, how many are not named because no price is known in the price region. */
  readonly withoutPrice: number;
  readonly priceRegion: string;
  readonly pricesAsOf: string;
}

/**
 * Instance types that reach a density, the cheapest first by on-demand price. Left out are types of earlier
 * generations and `mac`, for which EKS has no AMI (EKS User Guide, "Choose an optimal Amazon EC2 node instance type").
 */
export function instanceTypesForDensity(wish: InstanceTypeWish): InstanceTypesForDensity {
  const arch = wish.arch ?? ["x86_64", "arm64"];
  const reaching: { readonly type: InstanceType; readonly maxPods: number }[] = [];
  for (const type of allInstanceTypes()) {
    if (!suits(type, wish, arch)) continue;
    const { maxPods } = podDensity(type, wish.mode, wish.options);
    if (maxPods !== null && maxPods >= wish.podsPerNode) reaching.push({ type, maxPods });
  }
  const priced = reaching.flatMap(({ type, maxPods }): InstanceTypeAdvice[] =>
    type.onDemandUsdPerHour === undefined
      ? []
      : [
          {
            instanceType: type.name,
            maxPods,
            vcpu: type.vcpu,
            memoryMiB: type.memoryMiB,
            onDemandUsdPerHour: type.onDemandUsdPerHour,
          },
        ],
  );
  return {
    types: priced
      .sort(
        (a, b) => a.onDemandUsdPerHour - b.onDemandUsdPerHour || (a.instanceType < b.instanceType ? -1 : 1),
      )
      .slice(0, wish.limit ?? 6),
    reaching: reaching.length,
    withoutPrice: reaching.length - priced.length,
    priceRegion: priceSource.region,
    pricesAsOf: priceSource.asOf,
  };
}

function suits(type: InstanceType, wish: InstanceTypeWish, arch: readonly string[]): boolean {
  return (
    type.currentGeneration &&
    type.arch.some((each) => arch.includes(each)) &&
    type.vcpu >= (wish.vcpu ?? 0) &&
    type.memoryMiB >= (wish.memoryMiB ?? 0)
  );
}

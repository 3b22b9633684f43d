import { LARGEST_SUBNET_PREFIX, tierShare } from "./subnet-layout";

/** A tier that nodes, pods or load balancers take their addresses from. */
export type DemandTier = "nodes" | "pods" | "public";

/** What subnets are cut from, of tiers that are not given CIDR by CIDR. */
export interface SubnetSources {
  readonly vpcPrefix: number;
  readonly zoneBlocks: number;
  /** Tiers in the VPC's first range, and prefixes of ranges that a tier has to itself. */
  readonly tiers: Readonly<Partial<Record<DemandTier, "vpc" | { readonly rangePrefix: number }>>>;
}

/**
 * Where a subnet of a size is to be had: `a /21` in what the tier is cut from now, or with what has to be larger;
 * undefined where no layout has it.
 */
export function subnetPlace(
  tier: DemandTier,
  prefix: number | null,
  sources?: SubnetSources,
): string | undefined {
  if (prefix === null) return undefined;
  const size = `a /${prefix}`;
  const source = sources?.tiers[tier];
  if (sources === undefined || source === undefined) return size;
  const { vpcPrefix, zoneBlocks } = sources;
  // What a range needs for one such subnet in each zone's block.
  const range = prefix - Math.log2(zoneBlocks);
  if (source !== "vpc") {
    if (range >= source.rangePrefix) return size;
    return range < LARGEST_SUBNET_PREFIX ? undefined : `${size} from a larger secondary range, /${range}`;
  }
  if (prefix >= tierShare(tier, vpcPrefix, zoneBlocks)) return size;
  if (tier === "pods" && range >= LARGEST_SUBNET_PREFIX) {
    return `${size} in a range of their own (network.secondaryCidrs, and network.subnets.pods.from: that range)`;
  }
  const vpc = vpcPrefix - (tierShare(tier, vpcPrefix, zoneBlocks) - prefix);
  return vpc < LARGEST_SUBNET_PREFIX ? undefined : `${size} in a larger network.vpcCidr, /${vpc}`;
}

import { ExpectedError } from "../text/errors";
import { addressCount, type Cidr, formatCidr, subBlock } from "./cidr";

/**
 * The kinds of subnet a zone can have, each with its share of the zone's block:
 * `pods` the upper half, `nodes` the quarter below it, and so on down. A share
 * depends on nothing but the tier, so adding, removing or resizing one tier or
 * zone never moves another.
 */
export const subnetTiers = ["pods", "nodes", "public", "controlPlane", "firewall", "transitGateway"] as const;
export type SubnetTier = (typeof subnetTiers)[number];

/** AWS takes IPv4 subnets from /28 to /16 (VPC User Guide, "Subnet CIDR blocks"). */
export const SMALLEST_SUBNET_PREFIX = 28;
export const LARGEST_SUBNET_PREFIX = 16;

/** Addresses AWS keeps in every subnet: network, router, DNS, future use, broadcast (VPC User Guide). */
export const RESERVED_PER_SUBNET = 5;

export interface SubnetLayoutProps {
  readonly vpcCidr: Cidr;
  /** Into how many equal blocks the VPC is cut, one for each zone letter from `a` on: 4 or 8. */
  readonly zoneBlocks: number;
  /** Availability zones, for example `us-east-1a`. Their order does not matter. */
  readonly zones: readonly string[];
  /** Prefix length wanted for each tier that exists. */
  readonly tiers: Partial<Record<SubnetTier, number>>;
}

export class SubnetLayoutError extends ExpectedError {
  constructor(
    message: string,
    readonly tier: SubnetTier | undefined,
    readonly zone?: string,
  ) {
    super(message);
  }
}

/** Which block a zone takes: `us-east-1a` 0, `us-east-1b` 1. */
export function zoneIndex(zone: string): number {
  return zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
}

/** Blocks for zones a to h. No region has a zone of a later letter. */
const MOST_ZONE_BLOCKS = 8;

/** The largest subnet (smallest prefix length) that a tier can have. */
export function tierShare(tier: SubnetTier, vpcPrefix: number, zoneBlocks: number): number {
  return vpcPrefix + Math.log2(zoneBlocks) + subnetTiers.indexOf(tier) + 1;
}

/**
 * The block of one tier in one zone: a pure function of VPC, zone letter and tier.
 *
 * @throws SubnetLayoutError if the zone has no block or the tier's share is smaller than what is asked
 */
export function subnetCidr(
  { vpcCidr, zoneBlocks }: Pick<SubnetLayoutProps, "vpcCidr" | "zoneBlocks">,
  zone: string,
  tier: SubnetTier,
  prefix: number,
): Cidr {
  const block = zoneBlock(vpcCidr, zoneBlocks, zone);
  const share = tierShare(tier, vpcCidr.prefix, zoneBlocks);
  if (prefix < share || prefix > SMALLEST_SUBNET_PREFIX) {
    const largest = share > SMALLEST_SUBNET_PREFIX ? "nothing" : `/${share}`;
    throw new SubnetLayoutError(
      `/${prefix} does not fit: of ${formatCidr(vpcCidr)} in ${zoneBlocks} zone blocks ${tier} can have ${largest}` +
        ` down to /${SMALLEST_SUBNET_PREFIX}; give cidrs for this tier, or a larger vpcCidr`,
      tier,
      zone,
    );
  }
  // The second half of what the tiers above left: 1/2, 1/4, 1/8, ... of the block.
  return { base: block.base + addressCount(share), prefix };
}

/**
 * The block of a tier that has a range to itself, in one zone: the start of the zone's block, all of it where that is
 * asked. Nothing else lies in the range, so that here too nothing ever moves.
 *
 * @throws SubnetLayoutError if the zone has no block or the block is smaller than what is asked
 */
export function ownRangeCidr(
  { range, zoneBlocks }: { readonly range: Cidr; readonly zoneBlocks: number },
  zone: string,
  tier: SubnetTier,
  prefix: number,
): Cidr {
  const block = zoneBlock(range, zoneBlocks, zone);
  if (prefix < block.prefix) {
    throw new SubnetLayoutError(
      `/${prefix} does not fit: ${formatCidr(range)} in ${zoneBlocks} zone blocks has /${block.prefix} for each zone;` +
        ` write /${block.prefix} or longer, or give cidrs for this tier`,
      tier,
      zone,
    );
  }
  return { base: block.base, prefix };
}

function zoneBlock(range: Cidr, zoneBlocks: number, zone: string): Cidr {
  const index = zoneIndex(zone);
  if (index >= zoneBlocks) {
    throw new SubnetLayoutError(
      index < MOST_ZONE_BLOCKS
        ? `${zone} needs block ${index + 1} of ${zoneBlocks}; set network.zoneBlocks: ${MOST_ZONE_BLOCKS}, or give cidrs for each tier`
        : `${zone} has no block: there are ${MOST_ZONE_BLOCKS} at most, for zones a to h; write another zone, or give cidrs for each tier`,
      undefined,
      zone,
    );
  }
  return subBlock(range, range.prefix + Math.log2(zoneBlocks), index);
}

/** /64 blocks of a /56 that each tier can have: one for each zone letter. */
const IPV6_SUBNETS_PER_TIER = 32;

/**
 * Which /64 of the VPC's /56 a subnet takes: a function of tier and zone letter, so that nothing moves. The last two
 * hex digits of the /64 tell: pods 00 to 1f, nodes 20 to 3f, public 40 to 5f, control plane 60 to 7f.
 */
export function ipv6SubnetNumber(tier: SubnetTier, zone: string): number {
  return subnetTiers.indexOf(tier) * IPV6_SUBNETS_PER_TIER + zoneIndex(zone);
}

/** Subnets of every tier by zone. */
export function layoutSubnets(props: SubnetLayoutProps): Map<SubnetTier, Map<string, Cidr>> {
  return new Map(
    subnetTiers.flatMap((tier) => {
      const prefix = props.tiers[tier];
      if (prefix === undefined) return [];
      return [[tier, new Map(props.zones.map((zone) => [zone, subnetCidr(props, zone, tier, prefix)]))]];
    }),
  );
}

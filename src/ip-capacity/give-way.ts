import { addressCount, type Cidr, contains, formatCidr, lastAddress, overlaps, subBlock } from "./cidr";
import {
  SMALLEST_SUBNET_PREFIX,
  subnetCidr,
  SubnetLayoutError,
  type SubnetLayoutProps,
  subnetTiers,
  type SubnetTier,
  tierShare,
} from "./subnet-layout";

export interface GivingWay extends Pick<SubnetLayoutProps, "vpcCidr" | "zoneBlocks"> {
  /** Prefix lengths of the tiers that nobody wrote: they give way. */
  readonly unwritten: Partial<Record<SubnetTier, number>>;
  /** Subnets that somebody wrote: they stay where they are. */
  readonly written: readonly Cidr[];
  /** Tiers that are there and laid out in their shares: nothing else is put there. */
  readonly laidOut: readonly SubnetTier[];
  /** Tiers that are not, and could come: their shares are left free as long as there is room beside them. */
  readonly later: readonly SubnetTier[];
}

/**
 * Places of subnets that nobody wrote: where the layout has them, unless a written one lies there. Then the first block of
 * the size that is free, in the zone's own block before those of others. Every zone that there is a block for gets its
 * place, used or not, so that a zone that comes moves no other.
 */
export function givingWay(props: GivingWay): (zone: string, tier: SubnetTier) => Cidr {
  const { vpcCidr, unwritten, written } = props;
  const moved = movedPlaces(props);
  return (zone, tier) => {
    const prefix = unwritten[tier] ?? SMALLEST_SUBNET_PREFIX;
    const usual = subnetCidr(props, zone, tier, prefix);
    if (!isTaken(usual, written)) return usual;
    const place = moved.get(placeKey(tier, zone.slice(-1)));
    if (place !== undefined) return place;
    throw new SubnetLayoutError(
      `has no room in ${zone}: the subnets that are written leave no /${prefix} of ${formatCidr(vpcCidr)} free;` +
        ` write network.subnets.${tier} with cidrs, or a larger vpcCidr`,
      tier,
      zone,
    );
  };
}

function movedPlaces(props: GivingWay): ReadonlyMap<string, Cidr> {
  const { vpcCidr, zoneBlocks, unwritten, written, laidOut, later } = props;
  const blockPrefix = vpcCidr.prefix + Math.log2(zoneBlocks);
  const moved = new Map<string, Cidr>();
  const kept = [sharesOf([...laidOut, ...later], props), sharesOf(laidOut, props)];
  for (const tier of subnetTiers) {
    const prefix = unwritten[tier];
    if (prefix === undefined || prefix < tierShare(tier, vpcCidr.prefix, zoneBlocks)) continue;
    zoneLetters(zoneBlocks).forEach((letter, index) => {
      if (!isTaken(subnetCidr(props, letter, tier, prefix), written)) return;
      const ranges = [subBlock(vpcCidr, blockPrefix, index), vpcCidr];
      const free = kept
        .flatMap((shares) =>
          ranges.map((range) => ({ range, taken: [...written, ...moved.values(), ...shares] })),
        )
        .map(({ range, taken }) => firstFree(range, prefix, taken))
        .find((block) => block !== undefined);
      if (free !== undefined) moved.set(placeKey(tier, letter), free);
    });
  }
  return moved;
}

function sharesOf(tiers: readonly SubnetTier[], { vpcCidr, zoneBlocks }: GivingWay): Cidr[] {
  return tiers.flatMap((tier) => {
    const prefix = tierShare(tier, vpcCidr.prefix, zoneBlocks);
    if (prefix > SMALLEST_SUBNET_PREFIX) return [];
    return zoneLetters(zoneBlocks).map((letter) => subnetCidr({ vpcCidr, zoneBlocks }, letter, tier, prefix));
  });
}

function zoneLetters(zoneBlocks: number): string[] {
  return [..."abcdefgh"].slice(0, zoneBlocks);
}

function placeKey(tier: SubnetTier, letter: string): string {
  return `${tier} ${letter}`;
}

function isTaken(block: Cidr, taken: readonly Cidr[]): boolean {
  return taken.some((cidr) => overlaps(cidr, block));
}

/** The first aligned block in a range that overlaps none of those taken. */
function firstFree(range: Cidr, prefix: number, taken: readonly Cidr[]): Cidr | undefined {
  const size = addressCount(prefix);
  let block = { base: range.base, prefix };
  while (contains(range, block)) {
    const inTheWay = taken.find((cidr) => overlaps(cidr, block));
    if (inTheWay === undefined) return block;
    block = { base: Math.ceil((lastAddress(inTheWay) + 1) / size) * size, prefix };
  }
  return undefined;
}

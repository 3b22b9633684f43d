import { addressCount, type Cidr } from "./cidr";
import { ADDRESSES_PER_PREFIX } from "./pod-density-mode";
import { RESERVED_PER_SUBNET } from "./subnet-layout";

const PREFIX_LENGTH = 28;

/** /28 blocks a node needs for its pods, without any warm one. */
export function prefixesForPods(pods: number): number {
  return Math.ceil(pods / ADDRESSES_PER_PREFIX);
}

/** /28 blocks of a subnet that can become prefixes: not the first and the last, which hold what AWS keeps. */
export function prefixBlocks(prefix: number): number {
  return Math.max(addressCount(prefix) / ADDRESSES_PER_PREFIX - 2, 0);
}

export interface FreeBlocks {
  /** Blocks that could become prefixes in an empty subnet. */
  readonly blocks: number;
  /** Blocks still wholly free, on average. */
  readonly expectedFree: number;
  readonly standardDeviation: number;
  /** Addresses that are free but in no free block, on average: no prefix can use them. */
  readonly expectedStranded: number;
}

/**
 * How many /28 blocks are still free when `occupied` single addresses lie anywhere in the subnet. Each set of
 * occupied addresses is equally likely, so a given block is free with the hypergeometric probability
 * C(U - 16, k) / C(U, k), U being the usable addresses.
 *
 * @throws RangeError if the subnet has fewer usable addresses than are occupied
 */
export function freeBlocksAtRandom(prefix: number, occupied: number): FreeBlocks {
  const usable = addressCount(prefix) - RESERVED_PER_SUBNET;
  if (occupied < 0 || occupied > usable) {
    throw new RangeError(`a /${prefix} has ${usable} usable addresses, so ${occupied} cannot be in use`);
  }
  const blocks = prefixBlocks(prefix);
  const oneFree = allFree(ADDRESSES_PER_PREFIX, usable, occupied);
  const twoFree = blocks > 1 ? allFree(2 * ADDRESSES_PER_PREFIX, usable, occupied) : 0;
  const expectedFree = blocks * oneFree;
  const variance = expectedFree + blocks * (blocks - 1) * twoFree - expectedFree ** 2;
  return {
    blocks,
    expectedFree,
    standardDeviation: Math.sqrt(Math.max(variance, 0)),
    expectedStranded: usable - occupied - expectedFree * ADDRESSES_PER_PREFIX,
  };
}

/** The probability that `chosen` given addresses are all free when `occupied` of `usable` are taken at random. */
function allFree(chosen: number, usable: number, occupied: number): number {
  let probability = 1;
  for (let i = 0; i < chosen; i++) probability *= Math.max(usable - occupied - i, 0) / (usable - i);
  return probability;
}

/** A subnet CIDR reservation of type `prefix`. */
export interface PrefixReservations {
  readonly cidrs: readonly Cidr[];
  readonly blocks: number;
  /** Usable addresses left for single addresses: nodes, load balancers, endpoints. */
  readonly addressesLeft: number;
  /** Blocks wanted that the subnet has no room for. */
  readonly missing: number;
}

/**
 * The CIDR reservations that keep room for so many /28 blocks, so that single addresses cannot break it up. They
 * come from the end of the subnet and are as few as alignment allows; the first and the last /28 are never
 * reserved, because AWS keeps addresses in them. Source: VPC User Guide, "Subnet CIDR reservations".
 */
export function prefixReservations(subnet: Cidr, blocksWanted: number): PrefixReservations {
  const all = addressCount(subnet.prefix) / ADDRESSES_PER_PREFIX;
  const blocks = Math.min(blocksWanted, prefixBlocks(subnet.prefix));
  const taken: { readonly start: number; readonly size: number }[] = [];
  let open = blocks;
  let size = 2 ** Math.floor(Math.log2(Math.max(all, 1)));
  while (open > 0) {
    const start = size <= open ? lastFreeRun(all, size, taken) : undefined;
    if (start === undefined) {
      size /= 2;
    } else {
      taken.push({ start, size });
      open -= size;
    }
  }
  return {
    cidrs: taken
      .map(({ start, size: count }) => ({
        base: subnet.base + start * ADDRESSES_PER_PREFIX,
        prefix: PREFIX_LENGTH - Math.log2(count),
      }))
      .sort((a, b) => a.base - b.base),
    blocks,
    addressesLeft: addressCount(subnet.prefix) - RESERVED_PER_SUBNET - blocks * ADDRESSES_PER_PREFIX,
    missing: Math.max(blocksWanted - blocks, 0),
  };
}

/**
 * How many blocks to reserve where so many are needed: the next power of two, so that one reservation does and the
 * next node group changes nothing, as long as that is at most half of the subnet and leaves the single addresses
 * their room; else what is needed, or what there is. Runs of different powers of two never overlap, so a
 * reservation that grows is a new one beside the old, and both can exist while the one takes the other's place.
 */
export function blocksToReserve(prefix: number, blocksNeeded: number, singleAddresses: number): number {
  const usable = addressCount(prefix) - RESERVED_PER_SUBNET;
  const most = Math.max(Math.floor((usable - singleAddresses) / ADDRESSES_PER_PREFIX), 0);
  const round = 2 ** Math.ceil(Math.log2(Math.max(blocksNeeded, 1)));
  const roomy = round <= most && round * 2 <= addressCount(prefix) / ADDRESSES_PER_PREFIX;
  return Math.min(blocksNeeded > 0 && roomy ? round : blocksNeeded, most);
}

/** The last aligned run of `size` blocks that is free and holds neither the first nor the last block. */
function lastFreeRun(
  all: number,
  size: number,
  taken: readonly { readonly start: number; readonly size: number }[],
): number | undefined {
  for (let start = all - size; start > 0; start -= size) {
    const free = taken.every((run) => start + size <= run.start || run.start + run.size <= start);
    if (start + size < all && free) return start;
  }
  return undefined;
}

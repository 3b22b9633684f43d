import fc from "fast-check";

import { addressCount, contains, formatCidr, overlaps, parseCidr } from "../../src/ip-capacity/cidr";
import {
  freeBlocksAtRandom,
  prefixBlocks,
  prefixesForPods,
  prefixReservations,
} from "../../src/ip-capacity/prefixes";
import { usableAddresses } from "../../src/ip-capacity/subnet-size";

test.each([
  [0, 0],
  [1, 1],
  [16, 1],
  [17, 2],
  [110, 7],
])("%d pods need %d blocks", (pods, blocks) => {
  expect(prefixesForPods(pods)).toBe(blocks);
});

test.each([
  [28, 0],
  [27, 0],
  [26, 2],
  [24, 14],
  [20, 254],
])("a /%d has %d blocks that can become prefixes", (prefix, blocks) => {
  expect(prefixBlocks(prefix)).toBe(blocks);
});

describe("blocks left at random occupancy", () => {
  test("an empty subnet has them all, and a full one none", () => {
    expect(freeBlocksAtRandom(24, 0)).toMatchObject({ blocks: 14, expectedFree: 14, standardDeviation: 0 });
    expect(freeBlocksAtRandom(24, 251)).toMatchObject({ expectedFree: 0, expectedStranded: 0 });
  });

  test("one address breaks one block, unless it lies in the first or the last", () => {
    // 251 usable addresses, of which 12 are in the first block and 15 in the last.
    expect(freeBlocksAtRandom(24, 1).expectedFree).toBeCloseTo(14 - 224 / 251, 12);
  });

  test("two addresses, by counting all pairs", () => {
    // A block is free if neither of the pair is among its 16: C(235, 2) of C(251, 2) pairs.
    expect(freeBlocksAtRandom(24, 2).expectedFree).toBeCloseTo((14 * (235 * 234)) / (251 * 250), 12);
  });

  test("a tenth of a /20 in scattered use leaves less than a fifth of its blocks", () => {
    const { expectedFree, blocks } = freeBlocksAtRandom(20, 409);

    expect(expectedFree / blocks).toBeLessThan(0.2);
    expect(expectedFree / blocks).toBeGreaterThan(0.18);
  });

  test("refuses more addresses than the subnet has", () => {
    expect(() => freeBlocksAtRandom(24, 252)).toThrow(
      "a /24 has 251 usable addresses, so 252 cannot be in use",
    );
  });

  test("more in use never leaves more whole", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 26 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (prefix, share) => {
          const occupied = Math.floor(share * (usableAddresses(prefix) - 1));
          const { expectedFree } = freeBlocksAtRandom(prefix, occupied);

          expect(freeBlocksAtRandom(prefix, occupied + 1).expectedFree).toBeLessThanOrEqual(expectedFree);
          expect(expectedFree).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test.each([
    [22, 50],
    [22, 150],
    [23, 40],
    [24, 10],
  ])("a simulation of a /%d with %d addresses agrees", (prefix, occupied) => {
    const { expectedFree, standardDeviation } = freeBlocksAtRandom(prefix, occupied);
    const rounds = 2000;
    const random = seededRandom(prefix * 1000 + occupied);
    const counts = Array.from({ length: rounds }, () => simulatedFreeBlocks(prefix, occupied, random));
    const mean = counts.reduce((sum, count) => sum + count, 0) / rounds;
    const spread = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (rounds - 1));

    // Four standard errors: by chance, one in 16,000 seeds would fail.
    expect(Math.abs(mean - expectedFree)).toBeLessThan((4 * standardDeviation) / Math.sqrt(rounds));
    expect(spread / standardDeviation).toBeGreaterThan(0.9);
    expect(spread / standardDeviation).toBeLessThan(1.1);
  });
});

/** Places addresses anywhere in the subnet but on the five that AWS keeps, and counts the whole blocks. */
function simulatedFreeBlocks(prefix: number, occupied: number, random: () => number): number {
  const size = addressCount(prefix);
  const usable = Array.from({ length: size - 5 }, (_, index) => index + 4);
  for (let i = 0; i < occupied; i++) {
    const j = i + Math.floor(random() * (usable.length - i));
    const chosen = usable[j] ?? 0;
    usable[j] = usable[i] ?? 0;
    usable[i] = chosen;
  }
  const broken = new Set(usable.slice(0, occupied).map((address) => Math.floor(address / 16)));
  return Array.from({ length: size / 16 - 2 }, (_, index) => index + 1).filter((block) => !broken.has(block))
    .length;
}

/** mulberry32 */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("subnet CIDR reservations", () => {
  test("come from the subnet's end and leave the blocks with AWS's addresses out", () => {
    const { cidrs, blocks, addressesLeft } = prefixReservations(parseCidr("10.0.0.0/24"), 10);

    expect(cidrs.map(formatCidr)).toEqual(["10.0.0.64/26", "10.0.0.128/26", "10.0.0.192/27"]);
    expect({ blocks, addressesLeft }).toEqual({ blocks: 10, addressesLeft: 251 - 160 });
  });

  test("say how many blocks have no room", () => {
    expect(prefixReservations(parseCidr("10.0.0.0/26"), 5)).toMatchObject({ blocks: 2, missing: 3 });
  });

  test("reserve nothing where nothing is wanted, or nothing can be", () => {
    expect(prefixReservations(parseCidr("10.0.0.0/24"), 0).cidrs).toEqual([]);
    expect(prefixReservations(parseCidr("10.0.0.0/28"), 1)).toMatchObject({ cidrs: [], missing: 1 });
  });

  test("are exactly the blocks wanted, apart, inside, aligned, and never the first or the last", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 27 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (prefix, share) => {
          const subnet = parseCidr(`10.0.0.0/${prefix}`);
          const wanted = Math.round(share * prefixBlocks(prefix));
          const { cidrs, blocks, missing } = prefixReservations(subnet, wanted);
          const last = { base: addressCount(prefix) - 16 + subnet.base, prefix: 28 };

          expect([blocks, missing]).toEqual([wanted, 0]);
          expect(cidrs.reduce((sum, cidr) => sum + addressCount(cidr.prefix) / 16, 0)).toBe(wanted);
          for (const [index, cidr] of cidrs.entries()) {
            expect(contains(subnet, cidr)).toBe(true);
            expect(cidr.base % addressCount(cidr.prefix)).toBe(0);
            expect(overlaps(cidr, { base: subnet.base, prefix: 28 })).toBe(false);
            expect(overlaps(cidr, last)).toBe(false);
            expect(cidrs.slice(index + 1).some((other) => overlaps(cidr, other))).toBe(false);
          }
        },
      ),
    );
  });
});

import fc from "fast-check";
import { type Cidr, formatCidr, lastAddress } from "../../src/ip-capacity/cidr";
import {
  layoutSubnets,
  SMALLEST_SUBNET_PREFIX,
  subnetTiers,
  type SubnetTier,
  SubnetLayoutError,
  tierShare,
} from "../../src/ip-capacity/subnet-layout";

interface Layout {
  readonly vpcCidr: Cidr;
  readonly zoneBlocks: number;
  readonly zones: string[];
  readonly tiers: Partial<Record<SubnetTier, number>>;
}

const layouts: fc.Arbitrary<Layout> = fc
  .record({
    prefix: fc.integer({ min: 16, max: 20 }),
    block: fc.nat({ max: 200 }),
    zoneBlocks: fc.constantFrom(4, 8),
    letters: fc.shuffledSubarray(["a", "b", "c", "d"], { minLength: 1 }),
    tiers: fc.subarray([...subnetTiers], { minLength: 1 }),
    smaller: fc.array(fc.nat({ max: 4 }), { minLength: subnetTiers.length, maxLength: subnetTiers.length }),
  })
  .map(({ prefix, block, zoneBlocks, letters, tiers, smaller }) => ({
    vpcCidr: { base: 0x0a000000 + block * 2 ** (32 - prefix), prefix },
    zoneBlocks,
    zones: letters.map((letter) => `eu-west-1${letter}`),
    tiers: Object.fromEntries(
      tiers.flatMap((tier, index) => {
        const share = tierShare(tier, prefix, zoneBlocks);
        if (share > SMALLEST_SUBNET_PREFIX) return [];
        return [[tier, Math.min(share + (smaller[index] ?? 0), SMALLEST_SUBNET_PREFIX)]];
      }),
    ),
  }));

/** `tier/zone` and its block, sorted. */
function blocks(layout: Layout): [string, Cidr][] {
  return [...layoutSubnets(layout)]
    .flatMap(([tier, zones]) => [...zones].map(([zone, cidr]): [string, Cidr] => [`${tier}/${zone}`, cidr]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const shown = (layout: Layout) => blocks(layout).map(([name, cidr]) => `${name} ${formatCidr(cidr)}`);

test("subnets are disjoint", () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const inOrder = blocks(layout)
        .map(([, cidr]) => cidr)
        .sort((a, b) => a.base - b.base);
      inOrder.slice(1).forEach((cidr, index) => {
        expect(cidr.base).toBeGreaterThan(lastAddress(inOrder[index] ?? cidr));
      });
    }),
  );
});

test("subnets are aligned and inside the VPC", () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      for (const [, cidr] of blocks(layout)) {
        expect(cidr.base % 2 ** (32 - cidr.prefix)).toBe(0);
        expect(cidr.base).toBeGreaterThanOrEqual(layout.vpcCidr.base);
        expect(lastAddress(cidr)).toBeLessThanOrEqual(lastAddress(layout.vpcCidr));
      }
    }),
  );
});

test("a subnet stays where it is when a zone or a tier comes or goes, and in whatever order they are written", () => {
  fc.assert(
    fc.property(layouts, fc.nat(), fc.nat(), (layout, zoneSeed, tierSeed) => {
      const zones = layout.zones.filter((_, index) => index !== zoneSeed % layout.zones.length).reverse();
      const names = Object.keys(layout.tiers);
      const gone = names[tierSeed % Math.max(names.length, 1)];
      const tiers = Object.fromEntries(Object.entries(layout.tiers).filter(([tier]) => tier !== gone));

      expect(shown(layout)).toEqual(expect.arrayContaining(shown({ ...layout, zones, tiers })));
    }),
  );
});

test("the reference's /24, /22, /19 and /28 fit a /16", () => {
  const layout = {
    vpcCidr: { base: 0x0a000000, prefix: 16 },
    zoneBlocks: 4,
    zones: ["us-east-1a", "us-east-1b"],
    tiers: { public: 24, nodes: 22, pods: 19, controlPlane: 28 },
  };

  expect(shown(layout)).toEqual([
    "controlPlane/us-east-1a 10.0.4.0/28",
    "controlPlane/us-east-1b 10.0.68.0/28",
    "nodes/us-east-1a 10.0.16.0/22",
    "nodes/us-east-1b 10.0.80.0/22",
    "pods/us-east-1a 10.0.32.0/19",
    "pods/us-east-1b 10.0.96.0/19",
    "public/us-east-1a 10.0.8.0/24",
    "public/us-east-1b 10.0.72.0/24",
  ]);
});

test("a tier larger than its share is refused with what it can have", () => {
  const layout = () =>
    layoutSubnets({
      vpcCidr: { base: 0x0a000000, prefix: 16 },
      zoneBlocks: 4,
      zones: ["us-east-1a"],
      tiers: { nodes: 19 },
    });

  expect(layout).toThrow(SubnetLayoutError);
  expect(layout).toThrow(
    "/19 does not fit: of 10.0.0.0/16 in 4 zone blocks nodes can have /20 down to /28;" +
      " give cidrs for this tier, or a larger vpcCidr",
  );
});

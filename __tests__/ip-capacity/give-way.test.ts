import fc from "fast-check";
import { type Cidr, contains, formatCidr, overlaps, parseCidr } from "../../src/ip-capacity/cidr";
import { givingWay, type GivingWay } from "../../src/ip-capacity/give-way";
import { subnetCidr, subnetTiers } from "../../src/ip-capacity/subnet-layout";

const vpc = { vpcCidr: parseCidr("10.0.0.0/16"), zoneBlocks: 4 };
/** Nodes, pods and public subnets of an architecture that is given to the address. */
const written = [
  ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
  ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"],
  ["10.0.128.0/19", "10.0.160.0/19", "10.0.192.0/19"],
]
  .flat()
  .map(parseCidr);

const controlPlane: GivingWay = {
  ...vpc,
  unwritten: { controlPlane: 28 },
  written,
  laidOut: ["controlPlane"],
  later: ["firewall", "transitGateway"],
};

describe("a tier that nobody wrote", () => {
  test("stays where the layout has it as long as nothing written lies there", () => {
    const place = givingWay(controlPlane);
    expect(["us-east-1a", "us-east-1b"].map((zone) => formatCidr(place(zone, "controlPlane")))).toEqual([
      "10.0.4.0/28",
      "10.0.68.0/28",
    ]);
  });

  test("gives way to a block of pods that covers its zone's whole share, and keeps off all that others have", () => {
    // Zone c's block, 10.0.128.0/18, is pods of zones a and b; the first /24 of the VPC is nobody's share.
    expect(formatCidr(givingWay(controlPlane)("us-east-1c", "controlPlane"))).toBe("10.0.0.0/28");
  });

  test("says what to write where nothing is free", () => {
    const full = { ...controlPlane, written: [parseCidr("10.0.0.0/16")] };
    expect(() => givingWay(full)("us-east-1a", "controlPlane")).toThrow(
      "has no room in us-east-1a: the subnets that are written leave no /28 of 10.0.0.0/16 free;" +
        " write network.subnets.controlPlane with cidrs, or a larger vpcCidr",
    );
  });

  test("lies in the VPC, on nothing that is written, and on no other tier, wherever people put theirs", () => {
    const block = fc.tuple(fc.integer({ min: 18, max: 28 }), fc.nat()).map(([prefix, at]): Cidr => {
      const count = 2 ** (prefix - 16);
      return { base: vpc.vpcCidr.base + (at % count) * 2 ** (32 - prefix), prefix };
    });
    const givers = fc.record({
      nodes: fc.constantFrom(20, 22, 24),
      public: fc.constant(24),
      controlPlane: fc.constant(28),
    });
    let moved = 0;
    fc.assert(
      fc.property(fc.array(block, { maxLength: 9 }), givers, (taken, unwritten) => {
        const place = givingWay({
          ...vpc,
          unwritten,
          written: taken,
          laidOut: ["nodes", "public", "controlPlane"],
          later: ["firewall", "transitGateway"],
        });
        const places = subnetTiers.flatMap((tier) =>
          tier in unwritten
            ? ["a", "b", "c", "d"].flatMap((zone) => {
                try {
                  return [{ tier, zone, cidr: place(zone, tier) }];
                } catch {
                  return [];
                }
              })
            : [],
        );
        places.forEach(({ tier, zone, cidr }, index) => {
          expect(contains(vpc.vpcCidr, cidr)).toBe(true);
          expect(taken.some((other) => overlaps(cidr, other))).toBe(false);
          expect(places.slice(0, index).some((other) => overlaps(cidr, other.cidr))).toBe(false);
          const usual = subnetCidr(vpc, zone, tier, cidr.prefix);
          if (usual.base !== cidr.base) {
            moved += 1;
            expect(taken.some((other) => overlaps(usual, other))).toBe(true);
          }
        });
      }),
    );
    expect(moved).toBeGreaterThan(0);
  });
});

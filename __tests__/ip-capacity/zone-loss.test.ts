import fc from "fast-check";

import { zoneLosses, type ZoneRoom } from "../../src/ip-capacity/zone-loss";

const zone = (
  name: string,
  nodes: number,
  usable: number,
  more: Partial<ZoneRoom["demand"]> = {},
): ZoneRoom => ({
  zone: name,
  demand: { nodes, podsPerNode: 9, ...more },
  usable: { nodes: usable },
});

test("the nodes of a lost zone move to the others in equal shares", () => {
  const [loss] = zoneLosses([zone("a", 10, 251), zone("b", 10, 251), zone("c", 10, 251)], 1);

  expect(loss).toMatchObject({
    lost: ["a"],
    fits: true,
    remaining: [
      { zone: "b", nodes: 15, subnets: [{ need: 150, usable: 251, fits: true }] },
      { zone: "c", nodes: 15 },
    ],
  });
});

test("an odd node is counted in every zone that may get it", () => {
  const [loss] = zoneLosses([zone("a", 5, 251), zone("b", 0, 251), zone("c", 0, 251)], 1);

  expect(loss?.remaining.map(({ nodes }) => nodes)).toEqual([3, 3]);
});

test("surge and burst do not count during an outage, growth does", () => {
  const busy = { surge: { count: 50 }, burst: { percent: 100 }, growthPercent: 10 };
  const [loss] = zoneLosses([zone("a", 10, 251, busy), zone("b", 10, 251, busy)], 1);

  expect(loss?.remaining[0]?.subnets[0]?.need).toBe(220);
});

test("a small zone that gets a large one's nodes does not fit, and only that loss fails", () => {
  const losses = zoneLosses([zone("a", 20, 1019), zone("b", 2, 123)], 1);

  expect(losses.map(({ lost, fits }) => [lost, fits])).toEqual([
    [["a"], false],
    [["b"], true],
  ]);
});

test("pods with subnets of their own are checked there", () => {
  const own = (name: string): ZoneRoom => ({
    zone: name,
    demand: { nodes: 10, podsPerNode: 9, podAddresses: "pod-subnet" },
    usable: { nodes: 251, pods: 123 },
  });
  const [loss] = zoneLosses([own("a"), own("b")], 1);

  expect(loss?.remaining[0]?.subnets).toEqual([
    { subnet: "nodes", need: 20, usable: 251, fits: true },
    { subnet: "pods", need: 180, usable: 123, fits: false },
  ]);
});

test("two of three zones can be lost in three ways", () => {
  const zones = [zone("a", 1, 251), zone("b", 1, 251), zone("c", 1, 251)];

  expect(zoneLosses(zones, 2).map(({ lost }) => lost.join(""))).toEqual(["ab", "ac", "bc"]);
});

test("without a remaining zone nothing fits; without a loss there is nothing to report", () => {
  expect(zoneLosses([zone("a", 1, 251)], 1)).toEqual([{ lost: ["a"], remaining: [], fits: false }]);
  expect(zoneLosses([zone("a", 1, 251)], 0)).toEqual([]);
});

test("no node is lost with a zone", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(100), { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 1, max: 3 }),
      (counts, lost) => {
        const zones = counts.map((nodes, index) => zone(String.fromCharCode(97 + index), nodes, 65531));
        const all = counts.reduce((sum, nodes) => sum + nodes, 0);
        for (const { remaining } of zoneLosses(zones, lost).filter((loss) => loss.remaining.length > 0)) {
          expect(remaining.reduce((sum, { nodes }) => sum + nodes, 0)).toBeGreaterThanOrEqual(all);
        }
      },
    ),
  );
});

import { adviseModes, type ModeAdviceProps } from "../../src/ip-capacity/mode-advice";
import { usableAddresses } from "../../src/ip-capacity/subnet-size";

const lab = (more: Partial<ModeAdviceProps> = {}): ModeAdviceProps => ({
  demand: { nodes: 30, podsPerNode: 25, surge: { percent: 20 }, burst: { percent: 30 } },
  usable: { nodes: usableAddresses(22) },
  types: ["m5.large"],
  mode: "secondary-ip",
  options: {},
  maxPodsWanted: 27,
  addressesShort: true,
  densityShort: false,
  ...more,
});
const advice = (props: ModeAdviceProps, change: string) => {
  const found = adviseModes(props).find((each) => each.change === change);
  if (found === undefined) throw new Error(`no advice on ${change}`);
  return found;
};

test("prefixes do not help a subnet that is too small: they take more of it", () => {
  // 45 nodes, each with 32 addresses of two blocks and one of its own.
  expect(advice(lab(), "prefix-delegation")).toMatchObject({ helps: false, nodeSubnetNeed: 45 * 33 });
  expect(advice(lab(), "prefix-delegation").why).toMatch(/2 blocks of 16, .*7 addresses more.*1,485/);
});

test("prefixes help nodes that run too few pods", () => {
  const dense = lab({
    demand: { nodes: 5, podsPerNode: 60 },
    maxPodsWanted: 62,
    addressesShort: false,
    densityShort: true,
  });

  expect(advice(dense, "prefix-delegation")).toMatchObject({ helps: true, maxPods: 110 });
});

test("custom networking helps with pod subnets of a size it names, with prefixes where an ENI less is too few", () => {
  const custom = advice(lab(), "custom-networking");

  expect(custom).toMatchObject({
    helps: true,
    podSubnetPrefix: 21,
    nodeSubnetNeed: 45,
    nodeSubnetFits: true,
  });
  expect(custom.why).toMatch(/a node keeps 20 pods, or 110 with prefixes/);
});

test("custom networking does not need prefixes where the density holds without", () => {
  expect(advice(lab({ types: ["m5.xlarge"] }), "custom-networking")).toMatchObject({
    helps: true,
    maxPods: 44,
  });
});

test.each(["overlay", "ipv6"])("%s leaves the nodes' own addresses alone", (change) => {
  expect(advice(lab(), change)).toMatchObject({ helps: true, nodeSubnetNeed: 45, nodeSubnetFits: true });
});

test("IPv6 says what it asks of others", () => {
  expect(advice(lab(), "ipv6").why).toMatch(/made anew.*on-premises.*allow-lists/);
});

test("nothing helps where the nodes alone are too many", () => {
  const crowded = lab({ demand: { nodes: 2000, podsPerNode: 25 } });

  expect(adviseModes(crowded).map(({ helps }) => helps)).toEqual([false, false, false, false]);
});

test("nothing helps where nothing is wrong", () => {
  const fine = lab({ addressesShort: false });

  expect(adviseModes(fine).map(({ helps, why }) => [helps, /nothing is short/.test(why)])).toEqual(
    Array.from({ length: 4 }, () => [false, true]),
  );
});

test("a Xen type is why prefixes and IPv6 cannot help", () => {
  const old = lab({ types: ["m4.large"] });

  expect(advice(old, "prefix-delegation")).toMatchObject({ helps: false, maxPods: null });
  expect(advice(old, "ipv6").why).toMatch(/Xen/);
});

test("what is in use already is not advised", () => {
  const changes = (props: ModeAdviceProps) => adviseModes(props).map(({ change }) => change);

  expect(changes(lab({ mode: "prefix" }))).toEqual(["custom-networking", "overlay", "ipv6"]);
  expect(
    changes(lab({ mode: "custom-networking", demand: { ...lab().demand, podAddresses: "pod-subnet" } })),
  ).toEqual(["prefix-delegation", "overlay", "ipv6"]);
  expect(changes(lab({ mode: "overlay" }))).toEqual([]);
});

test("pod subnets of today must hold the blocks, too", () => {
  const custom = lab({
    mode: "custom-networking",
    demand: { nodes: 30, podsPerNode: 20, podAddresses: "pod-subnet" },
    usable: { nodes: 251, pods: usableAddresses(22) },
    maxPodsWanted: 40,
    addressesShort: false,
    densityShort: true,
  });

  // 30 nodes x 32 addresses fit a /22, 40 nodes x 32 do not.
  expect(advice(custom, "prefix-delegation").helps).toBe(true);
  expect(advice({ ...custom, demand: { ...custom.demand, nodes: 40 } }, "prefix-delegation").helps).toBe(
    false,
  );
});

import { capacityReport } from "../../src/ip-capacity/capacity-report";

import { labInput, threeZones } from "./support/capacity-inputs";

const codes = (input = labInput()) =>
  capacityReport(input).problems.map(({ code, severity }) => [code, severity]);

test("a density that no group reaches is an error, with the type that holds it back", () => {
  const mixed = [{ name: "general", instanceTypes: ["m5.large", "m5.xlarge"], desiredSize: 3, maxSize: 3 }];
  const { problems } = capacityReport(labInput({ zones: threeZones(18), groups: mixed, podsPerNode: 60 }));

  expect(problems[0]).toMatchObject({
    code: "density-too-low",
    severity: "error",
    subject: "general",
    message: "29 pods on a node, 62 are wanted, held back by m5.large",
  });
  expect(problems[0]?.remedy).toMatch(/at most 29 pods, or other instance types, or prefix-delegation/);
});

test("a density that another group reaches is a warning", () => {
  const groups = [
    { name: "system", instanceTypes: ["m5.large"], desiredSize: 3, maxSize: 3 },
    { name: "general", instanceTypes: ["m5.xlarge"], desiredSize: 3, maxSize: 3 },
  ];

  expect(
    codes(labInput({ zones: threeZones(18), groups, podsPerNode: 40, quotas: { vcpusOnDemand: 100 } })),
  ).toEqual([["density-too-low", "warning"]]);
});

test("what kubelet was told is a ceiling, as with an overlay on an AMI that thinks of ENIs", () => {
  const groups = [{ name: "general", instanceTypes: ["m5.large"], desiredSize: 3, maxSize: 3, maxPods: 29 }];
  const { problems, densities } = capacityReport(labInput({ mode: "overlay", groups, podsPerNode: 200 }));

  expect(densities[0]).toMatchObject({ maxPods: 29, limitedBy: "configured" });
  expect(problems[0]).toMatchObject({
    code: "density-too-low",
    message: "29 pods on a node, 202 are wanted",
  });
});

test("a type that cannot run in the mode is an error", () => {
  const groups = [{ name: "old", instanceTypes: ["m4.large"], desiredSize: 1, maxSize: 1 }];
  const { problems } = capacityReport(labInput({ mode: "prefix", zones: threeZones(18), groups }));

  expect(problems[0]).toMatchObject({ code: "mode-impossible", severity: "error", subject: "old" });
  expect(problems[0]?.message).toMatch(/m4\.large is a Xen type/);
});

test("a zone's loss that does not fit is an error only where it is to be survived", () => {
  // 30 nodes of 26 are 780 of 1,019 in each zone; of two zones' nodes 45 would be 1,170.
  const calm = { surge: undefined, burst: { count: 0 }, quotas: { vcpusOnDemand: 1000 } };

  expect(codes(labInput(calm))).toEqual([]);
  expect(codes(labInput({ ...calm, zonesLost: 1 }))).toEqual([["zone-loss", "error"]]);
});

test("a loss that fails in one case only names the case", () => {
  const [large, ...small] = threeZones(22);
  const zones = [
    ...(large === undefined ? [] : [{ ...large, nodeSubnet: { ...large.nodeSubnet, prefix: 20 } }]),
    ...small,
  ];
  const uneven = labInput({ zones, surge: undefined, burst: { count: 0 }, zonesLost: 1 });

  expect(capacityReport(uneven).problems.find(({ code }) => code === "zone-loss")?.subject).toBe(
    "loss of any zone",
  );
});

test("addresses that the CNI holds are a warning where the count alone fits", () => {
  // 39 nodes x 26 = 1,014 of 1,019, and each node holds four more.
  const tight = labInput({
    nodesPerZone: 39,
    surge: undefined,
    burst: { count: 0 },
    quotas: { vcpusOnDemand: 1000 },
  });

  expect(codes(tight)).toEqual([["held-addresses", "warning"]]);
  expect(codes({ ...tight, heldAddresses: "counted" })).toEqual([["subnet-too-small", "error"]]);
});

test("prefixes among scattered addresses are a warning, and none with reservations", () => {
  const shared = labInput({
    mode: "prefix",
    zones: threeZones(20),
    nodesPerZone: 30,
    surge: undefined,
    burst: { count: 0 },
    infrastructureAddresses: 300,
    quotas: { vcpusOnDemand: 1000 },
  });

  expect(codes(shared)).toEqual([["fragmentation", "warning"]]);
  expect(codes({ ...shared, prefixReservations: true })).toEqual([]);
});

test("AWS's default quota is a warning, the account's own an error", () => {
  const calm = labInput({ zones: threeZones(20) });

  expect(codes(calm)).toEqual([["quota", "warning"]]);
  expect(codes({ ...calm, quotas: { vcpusOnDemand: 10 } })).toEqual([["quota", "error"]]);
  expect(codes({ ...calm, quotas: { vcpusOnDemand: 1000 } })).toEqual([]);
});

test("a pool without a limit is a warning", () => {
  const pools = [{ name: "general", instanceTypes: ["m5.large"] }];

  expect(codes(labInput({ zones: threeZones(20), pools, quotas: { vcpusOnDemand: 1000 } }))).toEqual([
    ["unlimited-pool", "warning"],
  ]);
});

test("errors come before warnings", () => {
  const severities = codes(labInput({ pools: [{ name: "general", instanceTypes: ["m5.large"] }] })).map(
    ([, each]) => each,
  );

  expect(severities).toEqual([...severities].sort());
});

test("with one zone, its loss is reported plainly", () => {
  const [zone] = threeZones(20);
  const single = labInput({ zones: zone === undefined ? [] : [zone], zonesLost: 1 });

  expect(capacityReport(single).problems.find(({ code }) => code === "zone-loss")).toMatchObject({
    severity: "error",
    subject: "loss of us-east-1a",
    message: "no zone is left",
  });
});

test("blocks for which there is no room are a warning even where the addresses are enough", () => {
  // 15 nodes of 16 pods are 15 x 17 = 255 of 507 addresses, but with a warm block each 30 of 30 blocks.
  const warm = labInput({
    mode: "prefix",
    zones: threeZones(23),
    nodesPerZone: 16,
    podsPerNode: 16,
    surge: undefined,
    burst: { count: 0 },
    quotas: { vcpusOnDemand: 1000 },
  });

  expect(capacityReport(warm).problems.find(({ code }) => code === "fragmentation")?.message).toBe(
    "the subnet has room for 30 of 32 blocks of 16, warm ones included",
  );
});

test("pod subnets that are too small are named as such", () => {
  const pods = labInput({ mode: "custom-networking", zones: threeZones(24, 24), podsPerNode: 18 });

  expect(capacityReport(pods).problems[0]?.message).toMatch(
    /^pod subnets 100\.64\.0\.0\/24, .* need 810: 559 are missing$/,
  );
});

import { capacityCheck, capacityReport } from "../../src/ip-capacity/capacity-report";

import { labInput, roomyInput, threeZones } from "./support/capacity-inputs";

describe("the lab", () => {
  const report = capacityReport(labInput());
  const answer = (id: string) => report.answers.find((each) => each.id === id)?.answer;

  test("does not fit: every zone needs 1,170 of 1,019", () => {
    expect(report.fits).toBe(false);
    expect(report.zones.map(({ subnets }) => subnets)).toMatchObject(
      Array.from({ length: 3 }, () => [
        { usable: 1019, need: 1170, free: -151, fits: false, smallestPrefix: 21 },
      ]),
    );
  });

  test("says in one line what is short and what would fit", () => {
    expect(report.problems[0]).toMatchObject({
      code: "subnet-too-small",
      severity: "error",
      subject: "us-east-1a, us-east-1b, us-east-1c",
      message:
        "node subnets 10.0.0.0/22, 10.0.4.0/22, 10.0.8.0/22 have each 1,019 usable addresses" +
        " and need 1,170: 151 are missing",
      remedy: "a /21, or 21 pods per node, or 25 nodes in a zone, or custom-networking, or overlay, or ipv6",
    });
  });

  test.each([
    ["fits", /^no: 1,019 addresses in the node subnet and 1,170 needed, in each zone$/],
    ["steady-need", /^780 \(30 nodes\), in each zone$/],
    ["surge-and-burst-need", /^156 surge \(6 nodes\) and 234 burst \(9 nodes\), in each zone$/],
    ["instance-types", /general does \(29\)\. \d+ types reach 27, cheapest in us-east-1: /],
    ["prefix-delegation", /^no, it cuts blocks from the same subnets: .* 1,485$/],
    ["custom-networking-or-ipv6", /custom-networking: yes, .*overlay: yes, .*ipv6: yes, /],
    ["metrics", /AvailableIpAddressCount; .*awscni_/],
  ])("answers %s", (id, text) => {
    expect(answer(id)).toMatch(text);
  });

  test("asks the seven questions in order", () => {
    expect(report.answers.map(({ question }) => question)).toHaveLength(7);
    expect(report.answers.every(({ question }) => question.endsWith("?"))).toBe(true);
  });
});

describe("a target with room", () => {
  const report = capacityReport(roomyInput());

  test("fits without a problem", () => {
    expect(report.problems).toEqual([]);
    expect(report.fits).toBe(true);
  });

  test("counts nodes and pods in their own subnets, whole blocks of 16 for each node", () => {
    const [nodes, pods] = report.zones[0]?.subnets ?? [];

    // (40 + 10 nodes + 100 + 3 x 8) x 1.3
    expect(nodes).toMatchObject({ subnet: "nodes", need: 227 });
    // 35 pods take three blocks: 50 nodes x 48 x 1.3
    expect(pods).toMatchObject({ subnet: "pods", need: 3120 });
  });

  test("says when it is exhausted, and what to reserve for prefixes", () => {
    expect(report.zones[0]?.subnets[1]?.exhaustedAtPeak).toEqual({
      kind: "in",
      days: expect.any(Number) as number,
    });
    expect(report.prefixes?.zones[0]?.reservations.length).toBeGreaterThan(0);
    expect(report.prefixes?.zones[0]?.blocksMissing).toBe(0);
  });

  test("survives the loss of each zone", () => {
    expect(report.zoneLosses.map(({ lost, fits }) => [lost, fits])).toEqual([
      [["us-east-1a"], true],
      [["us-east-1b"], true],
      [["us-east-1c"], true],
    ]);
  });

  test("says which figure has no source", () => {
    expect(report.unknown).toEqual([expect.stringMatching(/AWS publishes no figure for one under load/)]);
  });
});

test("the report is plain data: it comes back from JSON as it was", () => {
  for (const input of [labInput(), roomyInput(), labInput({ mode: "overlay" })]) {
    const report = capacityReport(input);
    // undefined keys vanish in JSON, and nothing else may.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  }
});

test("the shape of the JSON is stable", () => {
  const report = capacityReport(roomyInput());

  expect(Object.keys(report)).toEqual([
    "format",
    "target",
    "mode",
    "fits",
    "problems",
    "zones",
    "maxPodsWanted",
    "densities",
    "zoneLosses",
    "held",
    "prefixes",
    "modes",
    "quotas",
    "warmPool",
    "instanceTypes",
    "metrics",
    "assumptions",
    "unknown",
    "answers",
  ]);
  expect(Object.keys(report.zones[0] ?? {})).toEqual([
    "zone",
    "nodes",
    "podsPerNode",
    "fits",
    "subnets",
    "largestDensity",
    "mostNodes",
  ]);
  expect(Object.keys(report.zones[0]?.subnets[0] ?? {})).toEqual([
    "subnet",
    "cidr",
    "usable",
    "need",
    "free",
    "fits",
    "parts",
    "terms",
    "smallestPrefix",
    "smallestPlace",
    "exhaustedSteady",
    "exhaustedAtPeak",
  ]);
});

describe("values that are not given are derived and reported", () => {
  const report = capacityReport({
    target: "dev/us-east-1",
    mode: "secondary-ip",
    zones: threeZones(20),
    groups: [{ name: "system", instanceTypes: ["m5.large"], desiredSize: 4, maxSize: 7 }],
    pools: [{ name: "general", instanceTypes: ["m5.large", "m5.xlarge"], cpuLimit: 20 }],
  });

  test("nodes from desired sizes, burst from maximum sizes and CPU limits, pods from kubelet's figure", () => {
    // 4 over 3 zones; 3 more of the group and 20 / 2 of the pool over 3 zones; 29 - 2 pods.
    expect(report.zones[0]).toMatchObject({ nodes: { steady: 2, burst: 5 }, podsPerNode: 27 });
  });

  test("each with its reason", () => {
    expect(report.assumptions).toEqual([
      "2 steady nodes in each zone: 4 desired by the node groups, over 3 zones",
      "5 burst nodes in each zone: 3 to the node groups' maximum and 10 at the pools' CPU limits, each on its smallest type",
      "27 pods on each node: what kubelet takes (29), less 2 on the host network",
    ]);
  });

  test("growth that was not stated exhausts nothing", () => {
    expect(report.zones[0]?.subnets[0]).toMatchObject({ exhaustedSteady: null, exhaustedAtPeak: null });
  });
});

test("the check alone finds what the report finds", () => {
  for (const input of [labInput(), roomyInput()]) {
    const { target, fits, problems } = capacityReport(input);

    expect(capacityCheck(input)).toEqual({ target, fits, problems });
  }
});

test("a target without a zone is refused", () => {
  expect(() => capacityReport(labInput({ zones: [] }))).toThrow("lab/us-east-1 has no zone");
});

test("an unknown instance type is refused with a near miss", () => {
  const groups = [{ name: "g", instanceTypes: ["m5.larg"], desiredSize: 1, maxSize: 1 }];

  expect(() => capacityReport(labInput({ groups }))).toThrow(/m5\.larg.*m5\.large/);
});

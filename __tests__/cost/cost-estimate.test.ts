import { costOf, endpointSetSizes } from "../../src/model/cost-of";
import { costEstimate } from "../../src/cost/cost-estimate";
import { costText } from "../../src/cost/cost-text";
import { instancePrice, priceOf } from "../../src/cost/prices";
import { sumWithoutText, totalText } from "../../src/cost/total-text";
import { priceNames } from "../../src/cost/price-names";
import { costScenarios, gravitonOf } from "../../src/cost/scenarios";
import { aTarget } from "../support/fixtures";

const estimate = (yaml = "", region = "us-east-1") => costEstimate(costOf(aTarget(yaml, { region })));
const scenarios = (yaml = "") => costScenarios(costOf(aTarget(yaml)), endpointSetSizes);
const inRegion = (region: string) => `network: { zones: [${region}a, ${region}b, ${region}c] }\n`;
const itemsOf = (yaml: string) => estimate(yaml).lines.map(({ item }) => item);
const amountOf = (yaml: string, item: string) =>
  estimate(yaml).lines.find((line) => line.item.includes(item))?.usd?.expected;

/** Six t3.large, about 350 USD a month in us-east-1; 73 USD for the control plane, and about 45 for a NAT gateway. */
const SIX_NODES = `
network: { egress: { kind: nat-single }, endpoints: { set: gateway-only } }
nodes: { main: { instanceTypes: [t3.large], size: { min: 6, max: 6 } } }
cost: { assumptions: { natGB: 200 } }
`;

describe("a rough estimate by hand of six nodes, control plane and one NAT gateway", () => {
  /** The rough sum has nothing else in it; 200 GB are taken for what goes through the gateway. */
  const roughLines = (yaml: string, region: string) =>
    estimate(yaml, region)
      .lines.filter(({ item }) => /^(group|control plane,|1 × NAT|NAT traffic)/.test(item))
      .reduce((sum, { usd }) => sum + (usd?.expected ?? NaN), 0);
  const TOLERANCE = 0.05;

  test("one region costs about 470 USD a month", () => {
    expect(Math.abs(roughLines(SIX_NODES, "us-east-1") / 470 - 1)).toBeLessThan(TOLERANCE);
  });

  test("three regions at the same prices cost three times that, about 1,400", () => {
    const prices = `cost:
  assumptions: { natGB: 200 }
  prices: { natGatewayHour: 0.045, natGB: 0.045, instances: { t3.large: 0.0832 } }
`;
    const regions = ["us-east-1", "us-west-2", "eu-west-1"];
    const sum = regions.reduce(
      (total, region) =>
        total +
        roughLines(
          SIX_NODES.replace(/cost:.*\n/, prices).replace(
            "network: {",
            `network: { zones: [${region}a, ${region}b],`,
          ),
          region,
        ),
      0,
    );

    expect(sum).toBeCloseTo(3 * roughLines(SIX_NODES, "us-east-1"), 6);
    expect(Math.abs(sum / 1400 - 1)).toBeLessThan(TOLERANCE);
  });
});

describe("a price that is not known for a region", () => {
  const elsewhere = estimate(inRegion("eu-west-1"), "eu-west-1");

  test("is reported as missing, and its line is not counted", () => {
    expect(elsewhere.complete).toBe(false);
    expect(elsewhere.missing).toContainEqual({
      region: "eu-west-1",
      key: "instances.m7i.large",
      text: "m7i.large, on demand, an hour",
    });
    expect(elsewhere.lines.find(({ section }) => section === "nodes")?.usd).toBeUndefined();
    expect(elsewhere.sections.nodes.expected).toBe(0);
  });

  test("the total says in its own line what it leaves out, so that it never looks like a sum", () => {
    expect(totalText(elsewhere)).toBe(
      "total without nodes, part of egress, endpoints, part of traffic and logs (no price)",
    );
    expect(costText(elsewhere, []).replaceAll(/\n +/g, " ")).toContain(`${totalText(elsewhere)}  `);
    expect(totalText(estimate())).toBe("total");
  });

  test("the sum of several targets says how many lack a price in which part", () => {
    expect(sumWithoutText([estimate(), elsewhere, elsewhere])).toBe(
      "without nodes, part of egress, endpoints, part of traffic and logs of 2 targets (no price)",
    );
    expect(sumWithoutText([estimate(), estimate()])).toBe("");
  });

  test("is never another region's", () => {
    const regions = elsewhere.lines.flatMap(({ price }) => (price === undefined ? [] : [price.region]));
    expect(new Set(regions)).toEqual(new Set(["eu-west-1"]));
    expect(priceOf("natGatewayHour", "eu-west-1")).toBeUndefined();
    expect(instancePrice("m7i.large", "us-west-2")).toBeUndefined();
    expect(priceOf("publicIpv4Hour", "us-gov-west-1")).toBeUndefined();
  });

  test("is taken from cost.prices, with its source and day", () => {
    const missing = elsewhere.missing.filter(({ key }) => !key.startsWith("instances."));
    const given = missing.map(({ key }) => `${key}: 1`).join(", ");
    const complete = estimate(
      `${inRegion("eu-west-1")}cost:
  source: bill of August
  asOf: 2026-09-01
  prices: { ${given}, instances: { m7i.large: 0.1 } }
`,
      "eu-west-1",
    );

    expect(complete.complete).toBe(true);
    expect(complete.lines.find(({ item }) => item.startsWith("group main"))?.price).toEqual({
      usd: 0.1,
      unit: "hour",
      region: "eu-west-1",
      source: "bill of August",
      asOf: "2026-09-01",
    });
  });
});

test("a given price comes before the published one", () => {
  expect(amountOf("cost: { prices: { natGatewayHour: 1 } }", "NAT gateway")).toBe(3 * 730);
});

test("every published price has a source and a region", () => {
  const all = priceNames.flatMap((name) => priceOf(name, "us-east-1") ?? []);
  expect(all).toHaveLength(priceNames.length);
  expect(all.filter(({ source, region }) => source === "" || region !== "us-east-1")).toEqual([]);
});

describe("what is counted", () => {
  test("nodes from the fewest at the cheapest type to the most at the dearest", () => {
    const { sections } = estimate(
      "nodes: { main: { instanceTypes: [m7i.large, m5.large], size: { min: 2, max: 10, desired: 4 }, rootVolumeGiB: 20 } }",
    );
    const volume = 20 * 0.08;

    expect(sections.nodes.min).toBeCloseTo(2 * (730 * 0.096 + volume), 6);
    expect(sections.nodes.expected).toBeCloseTo(4 * (730 * 0.1008 + volume), 6);
    expect(sections.nodes.max).toBeCloseTo(10 * (730 * 0.1008 + volume), 6);
  });

  test("Spot at the assumed percent of the on-demand price, and in full without an assumption", () => {
    const spot = (cost: string) =>
      amountOf(
        `nodes: { main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 }, capacity: spot } }\n${cost}`,
        "group",
      );

    expect(spot("")).toBeCloseTo(3 * 730 * 0.1008, 6);
    expect(spot("cost: { assumptions: { spotPercentOfOnDemand: 40 } }")).toBeCloseTo(
      0.4 * 3 * 730 * 0.1008,
      6,
    );
  });

  test("each interface endpoint in each zone", () => {
    expect(amountOf("network: { endpoints: { set: isolated } }", "interface endpoints")).toBeCloseTo(
      endpointSetSizes.isolated * 3 * 730 * 0.01,
      6,
    );
  });

  test.each([
    ["egress: { kind: nat-per-zone }", ["3 × NAT gateway"], ["1 × NAT gateway"]],
    ["egress: { kind: nat-single }", ["1 × NAT gateway"], ["firewall traffic"]],
    ["egress: { kind: none }, endpoints: { set: isolated }", [], ["NAT traffic", "out to the internet"]],
    [
      "egress: { kind: firewall, domains: [a.example.com] }",
      ["3 × firewall endpoint", "3 × NAT gateway"],
      [],
    ],
    [
      "egress: { kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }",
      ["1 × transit gateway attachment", "transit gateway traffic"],
      ["NAT traffic"],
    ],
    [
      "dns: { forward: { corp.example: [10.200.0.2] }, resolverInbound: true }",
      ["6 × resolver interface"],
      [],
    ],
    ["flowLogs: { kind: s3 }", ["flow logs to S3"], ["flow logs to CloudWatch"]],
    ["flowLogs: { kind: none, reason: a test of costs }", [], ["flow logs to S3", "flow logs to CloudWatch"]],
  ])("network: { %s }", (network, there, absent) => {
    const items = itemsOf(`network: { ${network} }`);
    expect(items).toEqual(expect.arrayContaining(there));
    expect(items.filter((item) => absent.includes(item))).toEqual([]);
  });

  test("extended support from the day on which standard support has ended", () => {
    const target = aTarget();
    const controlPlane = (asOf: string) => costEstimate(costOf(target, asOf)).sections.cluster.expected;

    expect(controlPlane("2026-11-21")).toBeCloseTo(73, 6);
    expect(controlPlane("2029-01-01")).toBeCloseTo(438, 6);
  });

  describe("Karpenter's pools", () => {
    const input = {
      ...costOf(aTarget()),
      pools: [
        {
          name: "any",
          instanceTypes: ["m7g.large", "m7i.xlarge"],
          cpuLimit: 100,
          capacity: ["on-demand" as const],
        },
      ],
    };
    const pool = (changed: Partial<typeof input> = {}) =>
      costEstimate({ ...input, ...changed }).lines.find(({ item }) => item.startsWith("pool any"));

    test("count from nothing to their limit at the dearest vCPU", () => {
      expect(pool()?.usd?.min).toBe(0);
      expect(pool()?.usd?.expected).toBe(0);
      expect(pool()?.usd?.max).toBeCloseTo(100 * 730 * (0.2016 / 4), 6);
    });

    test("count for now what is assumed to run, at the cheapest vCPU", () => {
      const assumptions = { ...input.assumptions, poolPercentOfLimit: 25 };
      expect(pool({ assumptions })?.usd?.expected).toBeCloseTo(25 * 730 * (0.0816 / 2), 6);
    });

    test("have no price where none of their types has one", () => {
      const elsewhere = costEstimate({ ...input, region: "eu-west-1" });
      expect(elsewhere.missing.map(({ key }) => key)).toContain("instances.m7g.large");
      expect(pool({ region: "eu-west-1" })?.usd).toBeUndefined();
    });
  });
});

describe("other ways side by side", () => {
  const named = (yaml: string) => scenarios(yaml).map(({ name }) => name);

  test("one NAT gateway in place of three saves two of them, and their traffic then crosses zones", () => {
    const single = scenarios().find(({ name }) => name === "one NAT gateway");
    const saved = 2 * 730 * (0.045 + 0.005);
    const crossing = 2 * ((500 * 2) / 6) * 0.01;

    expect(single?.difference?.expected).toBeCloseTo(crossing - saved, 6);
  });

  test("a difference is what the target would cost that way, less what it costs", () => {
    const graviton = scenarios().find(({ name }) => name === "Graviton nodes");
    const asGraviton = estimate("nodes: { main: { instanceTypes: [m7g.large], size: { min: 3, max: 30 } } }");

    expect(graviton?.total.max).toBeCloseTo(asGraviton.total.max, 6);
    expect(graviton?.difference?.max).toBeCloseTo(asGraviton.total.max - estimate().total.max, 6);
  });

  test("there is no difference where a price is missing", () => {
    const input = costOf(aTarget(inRegion("eu-west-1"), { region: "eu-west-1" }));
    expect(costScenarios(input, endpointSetSizes).filter(({ difference }) => difference)).toEqual([]);
  });

  test("ways that the target already goes are left out", () => {
    expect(named("network: { egress: { kind: nat-single } }")).toContain("NAT gateway per zone");
    expect(named("network: { egress: { kind: nat-single } }")).not.toContain("one NAT gateway");
    expect(named("nodes: { main: { instanceTypes: [m7g.large], size: { min: 3, max: 30 } } }")).not.toContain(
      "Graviton nodes",
    );
    expect(named("network: { egress: { kind: none }, endpoints: { set: isolated } }")).toEqual([
      "Graviton nodes",
    ]);
  });

  test("Spot is compared only where somebody says what it costs", () => {
    expect(named("")).not.toContain("Spot nodes");
    expect(named("cost: { assumptions: { spotPercentOfOnDemand: 35 } }")).toContain("Spot nodes");
  });

  test.each([
    ["m7i.large", "m7g.large"],
    ["m6a.xlarge", "m6g.xlarge"],
    ["t3.large", "t4g.large"],
    ["m7g.large", undefined],
    ["p4d.24xlarge", undefined],
  ])("the Graviton type for %s is %s", (type, expected) => {
    expect(gravitonOf(type)).toBe(expected);
  });
});

test("the text fits 100 columns and names every assumption, what is missing and what is not in the sum", () => {
  const input = costOf(aTarget(inRegion("eu-west-1"), { region: "eu-west-1" }));
  const result = costEstimate(input);
  const text = costText(result, costScenarios(input, endpointSetSizes));
  const flat = text.replace(/\s+/g, " ");

  expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(result.assumptions.filter(({ name }) => !flat.includes(name))).toEqual([]);
  expect(result.missing.filter(({ key }) => !flat.includes(key))).toEqual([]);
  expect(result.notIncluded.filter((line) => !flat.includes(line))).toEqual([]);
});

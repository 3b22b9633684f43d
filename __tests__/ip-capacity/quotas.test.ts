import { checkQuotas, formatQuotaCheck, networkQuotaNeeds } from "../../src/ip-capacity/quotas";
import { vcpuNeeds } from "../../src/ip-capacity/vcpu-needs";

test("a need is checked against AWS's default, and says so", () => {
  const [check] = checkQuotas({ elasticIps: 6 });

  expect(check).toMatchObject({
    quota: "elasticIps",
    needed: 6,
    limit: 5,
    limitFrom: "default",
    fits: false,
  });
  expect(check?.source).toMatch(/Amazon VPC User Guide/);
  expect(check && formatQuotaCheck(check)).toBe("6 Elastic IP addresses in the region, 5 by default");
});

test("the account's own quota takes precedence", () => {
  expect(checkQuotas({ elasticIps: 6 }, { elasticIps: 10 })).toMatchObject([
    { limit: 10, limitFrom: "given", fits: true, source: "given" },
  ]);
});

test("the limit itself still fits", () => {
  expect(checkQuotas({ natGateways: 5 })).toMatchObject([{ fits: true }]);
});

test("only what is needed is checked", () => {
  expect(checkQuotas({})).toEqual([]);
});

test("counts the network's needs in the scope of each quota", () => {
  const needs = networkQuotaNeeds({
    zones: 3,
    nodesInZone: 50,
    enisPerNode: 3,
    otherEnisInZone: 20,
    branchEnisInZone: 100,
    natGatewaysPerZone: 1,
    elasticIps: 6,
    routes: 40,
    securityGroupRules: 61,
    cidrBlocks: 2,
    subnets: 12,
    vcpusOnDemand: 100,
    vcpusSpot: 200,
  });

  expect(needs).toEqual({
    networkInterfaces: 50 * 3 + 20 + 100 + 1,
    natGateways: 1,
    elasticIps: 6,
    routes: 40,
    securityGroupRules: 61,
    cidrBlocks: 2,
    subnets: 12,
    vcpusOnDemand: 100,
    vcpusSpot: 200,
  });
  expect(
    checkQuotas(needs)
      .filter(({ fits }) => !fits)
      .map(({ quota }) => quota),
  ).toEqual(["elasticIps", "securityGroupRules", "vcpusOnDemand", "vcpusSpot"]);
});

test("leaves out quotas that nothing is known about", () => {
  expect(networkQuotaNeeds({ zones: 3, nodesInZone: 2, enisPerNode: 1 })).toEqual({ networkInterfaces: 2 });
});

describe("vCPUs", () => {
  test("of groups at their maximum on the largest type, and of pools at their limit", () => {
    const needs = vcpuNeeds(
      [{ name: "system", instanceTypes: ["m5.large", "m5.xlarge"], desiredSize: 3, maxSize: 6 }],
      [{ name: "general", instanceTypes: ["c7g.2xlarge"], cpuLimit: 500, capacity: ["spot", "on-demand"] }],
    );

    expect(needs).toEqual({ onDemand: 6 * 4 + 500, spot: 500, otherQuotas: [] });
  });

  test("of other families are not counted as standard, and the types are named", () => {
    const needs = vcpuNeeds(
      [{ name: "gpu", instanceTypes: ["p5.48xlarge", "g6.xlarge"], desiredSize: 1, maxSize: 2 }],
      [{ name: "inference", instanceTypes: ["inf2.xlarge", "trn1.2xlarge", "x2idn.16xlarge"], cpuLimit: 64 }],
    );

    expect(needs).toEqual({
      onDemand: 0,
      spot: 0,
      otherQuotas: ["g6.xlarge", "inf2.xlarge", "p5.48xlarge", "trn1.2xlarge", "x2idn.16xlarge"],
    });
  });

  test.each([
    "a1.large",
    "c7g.large",
    "d3.xlarge",
    "h1.2xlarge",
    "i4i.large",
    "im4gn.large",
    "is4gen.large",
    "m7g.large",
    "r7g.large",
    "t3.large",
    "z1d.large",
  ])("%s is of a standard family", (type) => {
    const group = { name: "g", instanceTypes: [type], desiredSize: 1, maxSize: 1 };

    expect(vcpuNeeds([group], []).otherQuotas).toEqual([]);
  });
});

import { capacityOf, natZones } from "../../src/model/capacity-of";
import { prefixReservationsOf } from "../../src/model/prefix-reservations";
import { formatCidr } from "../../src/ip-capacity/cidr";
import { capacityReport } from "../../src/ip-capacity/capacity-report";
import { aTarget } from "../support/fixtures";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

test("without a capacity block the counts come from the node groups", () => {
  const input = aTarget("nodes: { main: { size: { min: 6, max: 30, desired: 9 } } }").capacity;
  const { zones: reports, assumptions } = capacityReport(input);

  expect(input.groups).toMatchObject([
    { name: "main", instanceTypes: ["m7i.large"], desiredSize: 9, maxSize: 30 },
  ]);
  expect(reports.map(({ nodes: { steady, burst } }) => [steady, burst])).toEqual([
    [3, 7],
    [3, 7],
    [3, 7],
  ]);
  expect(assumptions[0]).toBe("3 steady nodes in each zone: 9 desired by the node groups, over 3 zones");
});

test("what is given replaces them", () => {
  const input = aTarget(`
capacity:
  steady: { nodesPerZone: 40, podsPerNode: 35 }
  surge: { nodesPerZone: 10 }
  burst: { percent: 30 }
  infrastructureAddresses: 100
  growth: { percent: 30, perMonthPercent: 2 }
  survive: { zonesLost: 1 }
  quotas: { vcpusOnDemand: 2000 }`).capacity;

  expect(input).toMatchObject({
    nodesPerZone: 40,
    podsPerNode: 35,
    surge: { count: 10 },
    burst: { percent: 30 },
    infrastructureAddresses: 100,
    growthPercent: 30,
    monthlyGrowthPercent: 2,
    zonesLost: 1,
    quotas: { vcpusOnDemand: 2000 },
  });
});

test("each interface endpoint and load balancer counts in every zone", () => {
  const few = aTarget("network: { endpoints: { set: gateway-only } }").capacity;
  const more = aTarget(
    "network: { endpoints: { set: gateway-only, additional: [xray] } }\ncapacity: { loadBalancers: { internal: 3 } }",
  ).capacity;

  expect([few.interfaceEndpoints, few.loadBalancers]).toEqual([0, 1]);
  expect([more.interfaceEndpoints, more.loadBalancers]).toEqual([1, 3]);
});

test("Karpenter's pools add to the burst, as far as their CPU limit goes", () => {
  const pool = { name: "general", instanceTypes: ["m7g.large"], cpuLimit: 60 };
  const burst = (pools: readonly (typeof pool)[]) =>
    capacityReport(capacityOf(aTarget(), pools)).zones.map(({ nodes }) => nodes.burst);

  expect(burst([])).toEqual([9, 9, 9]);
  expect(burst([pool])).toEqual([19, 19, 19]);
});

test.each([
  ["{ kind: nat-per-zone }", zones],
  ["{ kind: nat-single }", ["us-east-1a"]],
  ["{ kind: firewall, domains: [.example.com] }", zones],
  ["{ kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }", []],
  ["{ kind: none }", []],
])("egress %s has its NAT gateways in %j", (egress, expected) => {
  const target = aTarget(`network: { egress: ${egress} }`);

  expect(natZones(target.config.network, target.zones)).toEqual(expected);
});

describe("prefix reservations", () => {
  const plan = (yaml: string) => prefixReservationsOf(aTarget(yaml));

  test("are made in pod subnets unless somebody says otherwise, and cover what the nodes need", () => {
    const target = aTarget("network: { subnets: { pods: { prefix: 19 } } }");
    const report = capacityReport(target.capacity);
    const reserved = prefixReservationsOf(target);

    expect(reserved?.tier).toBe("pods");
    expect(Object.keys(reserved?.cidrs ?? {})).toEqual(zones);
    for (const { blocksNeeded, blocksReserved, subnet } of report.prefixes?.zones ?? []) {
      expect(blocksReserved).toBeGreaterThanOrEqual(blocksNeeded);
      expect(target.capacity.zones.map(({ podSubnet }) => podSubnet && formatCidr(podSubnet))).toContain(
        subnet,
      );
    }
  });

  test.each([
    ["pod subnets that say false", "network: { subnets: { pods: { prefix: 19, reservePrefixes: false } } }"],
    [
      "node subnets that say false",
      "network: { subnets: { nodes: { prefix: 20, reservePrefixes: false } } }",
    ],
    ["node subnets that give single addresses", "cni: { kind: vpc-cni, addressMode: secondary-ip }"],
    [
      "a CNI without prefixes",
      "cni: { kind: cilium-eni, prefixDelegation: false }\nnetwork: { subnets: { pods: { prefix: 19 } } }",
    ],
    [
      "an overlay",
      "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\nnetwork: { subnets: { nodes: { prefix: 20, reservePrefixes: true } } }",
    ],
  ])("are not made in %s", (_, yaml) => {
    expect(plan(yaml)).toBeUndefined();
  });

  // cilium/cilium#46644: a node that found no whole block never returns to prefixes; the VPC CNI then gives no address.
  test.each(["cni: { kind: cilium-eni }", "cni: { kind: vpc-cni }"])(
    "are made in the nodes' subnets where pods share them, and leave the single addresses their room: %s",
    (cni) => {
      const target = aTarget(cni);
      const [zone] = capacityReport(target.capacity).prefixes?.zones ?? [];

      expect(prefixReservationsOf(target)?.tier).toBe("nodes");
      expect(Object.keys(prefixReservationsOf(target)?.cidrs ?? {})).toEqual(zones);
      expect(zone?.blocksReserved).toBeGreaterThanOrEqual(zone?.blocksNeeded ?? Infinity);
    },
  );

  test("are as many blocks as are given", () => {
    expect(plan("network: { subnets: { nodes: { prefix: 20, reservePrefixes: 64 } } }")).toEqual({
      tier: "nodes",
      cidrs: {
        "us-east-1a": ["10.0.24.0/22"],
        "us-east-1b": ["10.0.88.0/22"],
        "us-east-1c": ["10.0.152.0/22"],
      },
    });
  });
});

// 3 zones with one node each, 2 of a roll and 1 more: a node has 3 interfaces (2 with pods, 1 trunk) and 9 branches.
test("security groups for pods count by what kubelet takes, with the trunk and its branches as interfaces", () => {
  const yaml = (groups: string) => `
cni: { kind: vpc-cni, addressMode: secondary-ip${groups} }
nodes: { main: { instanceTypes: [m7i.large], size: { min: 3, max: 6 } } }`;
  const report = (groups: string) => capacityReport(aTarget(yaml(groups)).capacity);
  const [plain, trunk] = [report(""), report(", securityGroupsForPods: {}")];
  const enis = ({ quotas }: typeof plain) =>
    quotas.find(({ quota }) => quota === "networkInterfaces")?.needed ?? 0;

  expect([plain, trunk].map(({ densities: [main] }) => [main?.maxPods, main?.podEnis])).toEqual([
    [29, 9],
    [20, 9],
  ]);
  expect(enis(trunk) - enis(plain)).toBe(
    trunk.zones.reduce((sum, { nodes }) => Math.max(sum, nodes.total), 0) * 9,
  );
});

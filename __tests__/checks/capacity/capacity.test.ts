import { ENVIRONMENT, NETWORK, problemsIn, warningsOf } from "../../support/problems";

/** A lab cluster on /22 subnets: 30 nodes in each zone with 25 pods each, without load balancers and endpoints. */
const LAB = `${NETWORK}  subnets: { nodes: { prefix: 22 } }
  endpoints: { set: gateway-only }
cni: { kind: vpc-cni, addressMode: secondary-ip }
nodes: { main: { instanceTypes: [m5.large], size: { min: 90, max: 135 } } }
capacity:
  steady: { nodesPerZone: 30, podsPerNode: 25 }
  surge: { percent: 20 }
  burst: { percent: 30 }
  loadBalancers: { internal: 0 }
`;
const warningsIn = (text: string) =>
  warningsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": text });

test("refuses a lab whose node subnets are too small, and says what would fit", () => {
  expect(problemsIn(LAB)).toEqual([
    "envs/dev/us-east-1.yaml:4:31  network.subnets.nodes.prefix: 22  node subnets 10.0.16.0/22, 10.0.80.0/22," +
      " 10.0.144.0/22 have each 1,019 usable addresses and need 1,170: 151 are missing; what fits: a /21," +
      " or 21 pods per node, or 25 nodes in a zone, or custom-networking, or overlay, or ipv6 (IP-CAPACITY-SUBNET)",
  ]);
});

test.each([
  ["a larger subnet", "prefix: 22", "prefix: 20"],
  ["fewer pods", "podsPerNode: 25", "podsPerNode: 21"],
  ["fewer nodes", "nodesPerZone: 30", "nodesPerZone: 25"],
])("takes the lab with %s, as it was told", (_, from, to) => {
  expect(problemsIn(LAB.replace(from, to))).toEqual([]);
});

test("one pod or node more than it was told does not fit", () => {
  expect(problemsIn(LAB.replace("podsPerNode: 25", "podsPerNode: 22"))).toHaveLength(1);
  expect(problemsIn(LAB.replace("nodesPerZone: 30", "nodesPerZone: 26"))).toHaveLength(1);
});

test("refuses nodes that have no room left after a zone's loss", () => {
  const text = `${NETWORK}  subnets: { nodes: { prefix: 22 } }
cni: { kind: vpc-cni, addressMode: secondary-ip }
capacity:
  steady: { nodesPerZone: 30, podsPerNode: 25 }
  surge: { nodesPerZone: 0 }
  survive: { zonesLost: 1 }
`;

  expect(problemsIn(text)).toEqual([
    "envs/dev/us-east-1.yaml:4:31  network.subnets.nodes.prefix: 22  the nodes do not fit elsewhere:" +
      " us-east-1b then needs 1,193 of 1,019; what fits: larger subnets, more zones, or fewer nodes (IP-CAPACITY-ZONE-LOSS)",
  ]);
  expect(problemsIn(text.replace("zonesLost: 1", "zonesLost: 0"))).toEqual([]);
});

test("production must survive a zone's loss even where the config does not say so", () => {
  const text = `${NETWORK}  subnets: { nodes: { prefix: 22 } }
cni: { kind: vpc-cni, addressMode: secondary-ip }
cluster: { endpoint: { kind: private } }
capacity: { steady: { nodesPerZone: 30, podsPerNode: 25 }, surge: { nodesPerZone: 0 } }
`;

  expect(problemsIn(text, ENVIRONMENT, "prod").join()).toContain("(IP-CAPACITY-ZONE-LOSS)");
  expect(problemsIn(text)).toEqual([]);
});

test("refuses more pods than any node group's nodes take", () => {
  const text = `${NETWORK}cni: { kind: vpc-cni, addressMode: secondary-ip }\ncapacity: { steady: { podsPerNode: 50 } }\n`;

  expect(problemsIn(text)).toEqual([
    "envs/dev/environment.yaml:7:11  nodes.main.instanceTypes  29 pods on a node, 52 are wanted; what fits:" +
      " at most 29 pods, or other instance types, or prefix-delegation, or custom-networking, or overlay, or ipv6 (POD-DENSITY-TOO-LOW)",
  ]);
});

describe("quotas", () => {
  test("refuses those that the account says it has and that are too low", () => {
    expect(problemsIn(`${NETWORK}capacity: { quotas: { vcpusOnDemand: 32, elasticIps: 2 } }\n`)).toEqual([
      "envs/dev/us-east-1.yaml:4:38  capacity.quotas.vcpusOnDemand: 32  is too low: 60 on-demand vCPUs" +
        " (A, C, D, H, I, M, R, T, Z) in the region, 32 as given; ask AWS for more (AWS-QUOTA)",
      "envs/dev/us-east-1.yaml:4:54  capacity.quotas.elasticIps: 2  is too low: 3 Elastic IP addresses in the region," +
        " 2 as given; ask AWS for more (AWS-QUOTA)",
    ]);
  });

  test("only warns where AWS's default is too low, because the account may have more", () => {
    expect(problemsIn(NETWORK)).toEqual([]);
    expect(warningsIn(NETWORK)).toEqual([
      "more vcpusOnDemand than AWS's default quota; write what the account has in capacity.quotas.vcpusOnDemand (dev/us-east-1; waiver: AWS-QUOTA at capacity.quotas.vcpusOnDemand)",
    ]);
    expect(warningsIn(`${NETWORK}capacity: { quotas: { vcpusOnDemand: 60 } }\n`)).toEqual([]);
  });

  test("counts a rule of the cluster's security group for each of the runner's ranges", () => {
    const ranges = Array.from({ length: 60 }, (_, index) => `10.250.${index}.0/24`).join(", ");
    const text = `${NETWORK}runner: { reach: in-vpc, cidrs: [${ranges}] }\ncapacity: { quotas: { securityGroupRules: 60 } }\n`;

    expect(problemsIn(text).join()).toContain("is too low: 61 security group rules in one direction");
    expect(problemsIn(text.replace("securityGroupRules: 60", "securityGroupRules: 61"))).toEqual([]);
  });
});

test("counts nothing where subnets or types are wrong, which others report", () => {
  const nodes = "nodes: { main: { instanceTypes: [m7i.larg], size: { min: 900, max: 9000 } } }\n";

  expect(problemsIn(`${NETWORK}  subnets: { nodes: { prefix: 28 } }\n${nodes}`)).toEqual([
    expect.stringContaining("nodes.main.instanceTypes[0]: m7i.larg"),
  ]);
});

test("a wrong value of the network is not a reason to doubt the addresses", () => {
  expect(problemsIn(`${LAB.replace("10.0.0.0/16", "10.0.0.0/99")}`)).toEqual([
    expect.stringContaining("network.vpcCidr: 10.0.0.0/99"),
  ]);
});

test.each([
  ["surge: { nodes: 3 }", "capacity.surge  must be { nodesPerZone: 10 } or { percent: 30 }"],
  ["steady: { podsPerNode: 0 }", "capacity.steady.podsPerNode: 0  is out of range; write at least 1"],
  ["growth: { percent: -1 }", "capacity.growth.percent: -1  is out of range; write at least 0"],
])("refuses capacity: { %s }", (text, message) => {
  expect(problemsIn(`${NETWORK}capacity: { ${text} }\n`)).toEqual([expect.stringContaining(message)]);
});

test("refuses a number of prefix blocks that can't be", () => {
  expect(problemsIn(`${NETWORK}  subnets: { nodes: { prefix: 20, reservePrefixes: 0 } }\n`)).toEqual([
    expect.stringContaining("network.subnets.nodes"),
  ]);
});

// cilium/cilium#46644: pkg/aws/eni/node.go, IsPrefixDelegated.
test("unreserved prefixes are a warning that a node of Cilium's never returns to them", () => {
  const text = `${NETWORK}  subnets: { nodes: { prefix: 20, reservePrefixes: false } }\n`;
  const said = (lines: readonly string[]) => lines.filter((line) => line.includes("reservePrefixes: false"));

  expect(said(warningsIn(text))).toEqual([
    "network.subnets.nodes.reservePrefixes: false: a node that finds no whole /28 block gets single addresses and never returns to prefixes (cilium/cilium#46644): it takes fewer pods until it is replaced (dev/us-east-1; waiver: IP-CAPACITY-UNRESERVED at network.subnets.nodes.reservePrefixes)",
  ]);
  expect(said(warningsIn(NETWORK))).toEqual([]);
});

describe("recommends a larger subnet only where the layout has one", () => {
  const pools = (network: string) => `${network}cni: { kind: cilium-eni, prefixDelegation: true }
karpenter:
  classes: { general: { ami: bottlerocket } }
  pools: { general: { class: general, categories: [m, c, r], limits: { cpus: 500 } } }
`;
  const own = "network.secondaryCidrs, and network.subnets.pods.from: that range";

  test("pods that a VPC has no room for get a range of their own", () => {
    const text = pools(`${NETWORK}  subnets: { nodes: { prefix: 22 }, pods: { prefix: 19 } }\n`);
    expect(problemsIn(text)).toEqual([
      expect.stringContaining(`what fits: a /18 in a range of their own (${own}), or `),
    ]);

    const followed = "pods: { prefix: 18, from: 100.64.0.0/16 } }\n  secondaryCidrs: [100.64.0.0/16]";
    expect(problemsIn(text.replace("pods: { prefix: 19 } }", followed))).toEqual([]);
  });

  test("nodes get a larger VPC, where there is one", () => {
    const small = NETWORK.replace("10.0.0.0/16", "10.0.0.0/20");
    const text = `${small}  subnets: { nodes: { prefix: 24 } }
  endpoints: { set: gateway-only }
cni: { kind: vpc-cni, addressMode: secondary-ip }
nodes: { main: { instanceTypes: [m5.large], size: { min: 18, max: 27 } } }
capacity: { steady: { nodesPerZone: 9, podsPerNode: 25 }, surge: { percent: 20 }, burst: { percent: 30 } }
`;
    expect(problemsIn(text)).toEqual([
      expect.stringContaining("what fits: a /23 in a larger network.vpcCidr, /19, or "),
    ]);
    const followed = text.replace("10.0.0.0/20", "10.0.0.0/19").replace("prefix: 24", "prefix: 23");
    expect(problemsIn(followed)).toEqual([]);
  });
});

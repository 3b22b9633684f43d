import { loadFleet, readFleet } from "../../src/config/load-fleet";
import { fleetWarnings } from "../../src/config/warnings";
import {
  classDensity,
  classMaxPods,
  classMaxPodsPossible,
  karpenterPoolDemand,
  reservedEnis,
} from "../../src/config/karpenter-pools";
import { kindOf, poolInstanceTypes } from "../../src/config/pool-instance-types";
import { usedComponents } from "../../src/config/used-components";
import { formatProblem } from "../../src/config/problem";
import { poolNodes } from "../../src/ip-capacity/default-demand";
import { aFolder, aTarget } from "../support/fixtures";

const TARGET = `release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b]
  subnets: { pods: { prefix: 19 } }
cni: { kind: cilium-eni }
nodes: { main: { instanceTypes: [m7i.large], size: { min: 2, max: 30 } } }
`;

/** Messages of a valid target with the text added, without file and line. */
function problemsOf(text: string): string[] {
  const dir = aFolder({
    "dev/us-east-1.yaml":
      TARGET.replace(/^nodes: .*\n/m, (line) => (/^nodes:/m.test(text) ? "" : line)) + text,
  });
  return readFleet(dir).problems.map((problem) => formatProblem(problem).replace(/^\S+ +/, ""));
}

const pool = (more: string) =>
  `karpenter: { pools: { general: { class: general, limits: { cpus: 64 }${more} } } }`;

test("a pool with a limit is enough", () => {
  expect(problemsOf(pool(""))).toEqual([]);
});

describe("refuses", () => {
  test.each<[string, string, string]>([
    [
      "a pool without a limit, which no subnet could be sized for",
      "karpenter: { pools: { general: { class: general } } }",
      "karpenter.pools.general.limits  is missing (Where the pool ends. It is also what the addresses of the subnets are computed for); add it",
    ],
    [
      "Karpenter without a pool",
      "karpenter: { pools: {} }",
      "karpenter.pools  has no pool, and Karpenter makes no node without one",
    ],
    [
      "a class that is not there",
      "karpenter: { classes: { a: {} }, pools: { x: { class: a, limits: { cpus: 64 } }, general: { class: b, limits: { cpus: 64 } } } }",
      "karpenter.pools.general.class: b  is none of karpenter.classes; write one of a",
    ],
    [
      "a class that no pool uses",
      "karpenter: { classes: { general: {}, spare: {} }, pools: { general: { class: general, limits: { cpus: 64 } } } }",
      "karpenter.classes.spare  is the class of no pool; remove it, or name it in a pool's class",
    ],
    [
      "a type that EC2 has not",
      pool(", instanceTypes: [m7i.lage]"),
      "karpenter.pools.general.instanceTypes[0]: m7i.lage  is no EC2 instance type; near it: m7i.large, c7i.large, i7i.large",
    ],
    [
      "bare metal, which the pool's own requirement would leave out",
      pool(", instanceTypes: [m7i.metal-24xl]"),
      "karpenter.pools.general.instanceTypes[0]: m7i.metal-24xl  is no virtual Nitro type, which pools are limited to; write another type",
    ],
    [
      "a type of another architecture",
      pool(", instanceTypes: [m7g.large]"),
      "karpenter.pools.general.instanceTypes[0]: m7g.large  is arm64, and the pool's arch is amd64; write arch: [arm64]",
    ],
    [
      "types by name and by kind at once",
      pool(", instanceTypes: [m7i.large], categories: [m]"),
      "karpenter.pools.general  has instanceTypes beside categories, minGeneration or vcpus; write one or the others",
    ],
    [
      "requirements that nothing meets",
      pool(", categories: [q]"),
      "karpenter.pools.general  has requirements that no EC2 instance type meets; widen categories, minGeneration, vcpus or arch",
    ],
    [
      "a limit that no node fits in",
      pool(", vcpus: { min: 96 }"),
      "karpenter.pools.general.limits.cpus: 64  is less than one node: the smallest type that the pool may take has 96 vCPUs; write at least 96",
    ],
    [
      "a zone that the network has not",
      pool(", zones: [us-east-1f]"),
      "karpenter.pools.general.zones[0]: us-east-1f  is none of network.zones; write one of us-east-1a, us-east-1b",
    ],
    [
      "labels that Karpenter would refuse",
      pool(', labels: { karpenter.sh/nodepool: "x" }'),
      'karpenter.pools.general.labels."karpenter.sh/nodepool"  is a label that Karpenter or Kubernetes sets; write a key of your own, for example workload',
    ],
    [
      "a budget of both percent and nodes",
      pool(", budgets: [{ percent: 10, nodes: 1 }]"),
      "karpenter.pools.general.budgets[0]  has to say one of percent and nodes",
    ],
    [
      "a budget with a schedule and no duration",
      pool(', budgets: [{ nodes: 0, schedule: "0 9 * * mon-fri" }]'),
      "karpenter.pools.general.budgets[0]  has one of schedule and duration, and Karpenter takes both or none",
    ],
    [
      "a duration in no unit",
      pool(", consolidateAfter: 120s, expireAfter: 14d"),
      "karpenter.pools.general.expireAfter: 14d  is no duration; write for example 120s, 5m, 336h, or Never",
    ],
    [
      "more pods than the smallest type can have",
      "karpenter: { classes: { general: { maxPods: 200 } }, pools: { general: { class: general, limits: { cpus: 64 } } } }",
      "karpenter.classes.general.maxPods: 200  is more than the smallest type of its pools can have with cilium-eni-prefix; write auto, or at most 110",
    ],
    [
      "a single node for two controllers",
      `nodes: { main: { instanceTypes: [m7i.large], size: { min: 1, max: 30 } } }\n${pool("")}`,
      "karpenter  needs 2 nodes of managed groups for its own two replicas, and those without taints (or with CriticalAddonsOnly) have 1 at their min size; raise size.min",
    ],
    [
      "VPA without the metrics server",
      "verticalPodAutoscaler: {}",
      "verticalPodAutoscaler  has no usage to go by without the metrics server; write metricsServer: {}",
    ],
    [
      "a queue by its address",
      "keda: { queues: ['https://sqs.us-east-1.amazonaws.com/111122223333/orders'] }",
      "keda.queues[0]: https://sqs.us-east-1.amazonaws.com/111122223333/orders  is no queue name; write the name, not its address, for example orders or orders.fifo",
    ],
  ])("%s", (_what, text, message) => {
    expect(problemsOf(text)).toEqual([message]);
  });
});

test("the images of Karpenter's classes are used, though no node group has them", () => {
  const used = (ami: string) =>
    usedComponents(
      aTarget(
        `karpenter: { classes: { general: { ami: ${ami} } }, pools: { general: { class: general, limits: { cpus: 64 } } } }`,
      ).config,
    ).filter((each) => each === "al2023" || each === "bottlerocket");

  expect(used("bottlerocket")).toEqual(["al2023", "bottlerocket"]);
  expect(used("al2023")).toEqual(["al2023"]);
});

describe("instance types of a pool", () => {
  const typesOf = (more: string) => {
    const [first] = Object.values(aTarget(pool(more)).config.karpenter?.pools ?? {});
    return first ? poolInstanceTypes(first) : [];
  };

  test("are current general ones by default, from two vCPUs on", () => {
    const types = typesOf("");

    expect(types).toEqual(
      expect.arrayContaining(["m7i.large", "c7a.xlarge", "r6i.24xlarge", "m7i-flex.large"]),
    );
    expect(types.filter((name) => /^(t3|m5|m7g|p5|m7a\.medium)|metal/.test(name))).toEqual([]);
  });

  test("of one architecture or of both", () => {
    expect(typesOf(", arch: [arm64]")).toContain("m7g.large");
    expect(typesOf(", arch: [arm64]")).not.toContain("m7i.large");
    expect(typesOf(", arch: [amd64, arm64]")).toEqual(expect.arrayContaining(["m7g.large", "m7i.large"]));
  });

  // aws/karpenter-provider-aws website, reference/instance-types.md: labels instance-category and instance-generation.
  test.each([
    ["m7i-flex.large", "m", 7],
    ["x2idn.16xlarge", "x", 2],
    ["u-12tb1.112xlarge", "u", 1],
    ["inf2.xlarge", "inf", 2],
  ])("%s is of category %s and generation %i, as Karpenter reads it", (name, category, generation) => {
    expect(kindOf(name)).toEqual({ category, generation });
  });
});

describe("max pods", () => {
  const GENERAL = pool(", vcpus: { min: 2 }");
  const maxPods = (cni: string, karpenter = GENERAL, network = "") => {
    const { config } = aTarget(`cni: ${cni}\n${network}${karpenter}`);
    const nodeClass = config.karpenter?.classes.general;
    return nodeClass && classMaxPods(config, "general", nodeClass);
  };

  test.each([
    ["{ kind: cilium-eni }", 110],
    ["{ kind: cilium-overlay, podCidr: 100.64.0.0/11 }", 110],
    ["{ kind: cilium-overlay, podCidr: 100.64.0.0/11, nodeMask: 26 }", 62],
    ["{ kind: vpc-cni, addressMode: prefix }", 110],
    ["{ kind: cilium-chaining, addressMode: prefix }", 110],
  ])("with %s are what the smallest type can have: %i", (cni, expected) => {
    expect(maxPods(cni)).toBe(expected);
  });

  test.each([
    "{ kind: vpc-cni, addressMode: secondary-ip }",
    "{ kind: cilium-chaining, addressMode: secondary-ip }",
    "{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true }",
    "{ kind: vpc-cni, addressMode: secondary-ip, securityGroupsForPods: {} }",
    "{ kind: cilium-chaining, addressMode: secondary-ip, customNetworking: true, securityGroupsForPods: {} }",
  ])("with %s are left to Karpenter, which computes them for each type", (cni) => {
    expect(maxPods(cni)).toBeUndefined();
  });

  // Karpenter would say 29 for m7i.large: it does not know the two addresses that Cilium keeps.
  test("with single addresses under Cilium are not Karpenter's figure", () => {
    const large = pool(", instanceTypes: [m7i.large]");

    expect(maxPods("{ kind: cilium-eni, prefixDelegation: false }", large)).toBe(27);
  });

  test("with pod subnets leave the first interface out", () => {
    const large = pool(", instanceTypes: [m7i.large]");
    const subnets = "network: { subnets: { pods: { prefix: 19 } } }\n";

    expect(maxPods("{ kind: cilium-eni, prefixDelegation: false }", large, subnets)).toBe(18);
  });

  // aws/karpenter-provider-aws v1.14.1 pkg/providers/instancetype/types.go, ENILimitedPods: the same for every type.
  test.each([
    ["{ kind: vpc-cni, addressMode: secondary-ip }", 0],
    ["{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true }", 1],
    ["{ kind: vpc-cni, customNetworking: true }", 1],
    ["{ kind: cilium-chaining, addressMode: secondary-ip, securityGroupsForPods: {} }", 1],
    ["{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true, securityGroupsForPods: {} }", 2],
    ["{ kind: cilium-eni }", 0],
  ])("with %s leave out %i interfaces that hold no pod addresses", (cni, expected) => {
    expect(reservedEnis(aTarget(`cni: ${cni}\n${GENERAL}`).config)).toBe(expected);
  });

  // m5.large: 3 ENIs of 10 addresses, two of them without pods, and 9 branch interfaces for pods with groups only.
  test("may count branch interfaces where somebody sets them", () => {
    const large = pool(", instanceTypes: [m5.large]");
    const cni =
      "{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true, securityGroupsForPods: {} }";

    expect(classMaxPodsPossible(aTarget(`cni: ${cni}\n${large}`).config, "general")).toBe(20);
  });

  test.each([
    ["m7i.large, m7i.4xlarge", "{ kind: cilium-eni, prefixDelegation: false }", 18, "m7i.large", 110],
    ["c6g.medium, m7g.2xlarge", "{ kind: vpc-cni, customNetworking: true }", 50, "c6g.medium", 110],
  ])("are told as one figure for %s with %s, which is said", (types, cni, one, smallest, other) => {
    const { config } = aTarget(
      `cni: ${cni}\nnetwork: { secondaryCidrs: [100.64.0.0/16], subnets: { pods: { prefix: 18, from: 100.64.0.0/16 } } }\n${pool(`, arch: [amd64, arm64], instanceTypes: [${types}]`)}`,
    );

    expect(classDensity(config, "general")).toMatchObject({
      maxPods: one,
      highest: other,
      heldBackBy: [smallest],
    });
  });

  test("of one figure for all sizes are a warning that names the size that decides", () => {
    const dir = aFolder({
      "dev/us-east-1.yaml": `${TARGET.replace("{ kind: cilium-eni }", "{ kind: cilium-eni, prefixDelegation: false }")}${pool(", instanceTypes: [m7i.large, m7i.4xlarge]")}`,
    });

    expect(fleetWarnings(loadFleet(dir))).toContainEqual(
      expect.stringContaining(
        "karpenter.classes.general: tells kubelet 18 pods on nodes of every size, what m7i.large can have, and larger types of its pools (general) have room for 110; write larger vcpus.min, a class for each size, or prefixes",
      ),
    );
  });

  test("may be set lower", () => {
    const karpenter = `karpenter: { classes: { general: { maxPods: 40 } }, pools: { general: { class: general, limits: { cpus: 64 } } } }`;

    expect(maxPods("{ kind: cilium-eni }", karpenter)).toBe(40);
  });
});

describe("demand of addresses", () => {
  test("is one pool for each, with its limit, types and pods", () => {
    const { config } = aTarget(
      "karpenter: { pools: { general: { class: general, instanceTypes: [m7i.large, m7i.xlarge], capacity: [spot], limits: { cpus: 64 } } } }",
    );
    const demand = karpenterPoolDemand(config);

    expect(demand).toEqual([
      {
        name: "general",
        instanceTypes: ["m7i.large", "m7i.xlarge"],
        cpuLimit: 64,
        capacity: ["spot"],
        maxPods: 110,
      },
    ]);
    expect(demand.map(poolNodes)).toEqual([32]);
  });

  test("is in the pool's zones only", () => {
    const [demand] = karpenterPoolDemand(aTarget(pool(", zones: [us-east-1b]")).config);

    expect(demand?.zones).toEqual(["us-east-1b"]);
  });

  test("is nothing without Karpenter", () => {
    expect(karpenterPoolDemand(aTarget().config)).toEqual([]);
  });
});

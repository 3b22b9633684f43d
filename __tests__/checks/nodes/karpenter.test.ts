import { readFleet } from "../../../src/fleet/load-fleet";
import { karpenterPoolDemand } from "../../../src/model/karpenter-pools";
import { kindOf, poolInstanceTypes } from "../../../src/model/pool-instance-types";
import { formatProblem } from "../../../src/config/read/problem";
import { poolNodes } from "../../../src/ip-capacity/default-demand";
import { aFolder, aTarget } from "../../support/fixtures";
import { ENVIRONMENT, NETWORK, warningsOf } from "../../support/problems";

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
      "karpenter.pools.general.limits  is missing (Limits of the pool); add it",
    ],
    [
      "Karpenter without a pool",
      "karpenter: { pools: {} }",
      "karpenter.pools  has no pool, and Karpenter makes no node without one",
    ],
    [
      "a class that is not there",
      "karpenter: { classes: { a: {} }, pools: { x: { class: a, limits: { cpus: 64 } }, general: { class: b, limits: { cpus: 64 } } } }",
      "karpenter.pools.general.class: b  is not in karpenter.classes; write one of a",
    ],
    [
      "a class that no pool uses",
      "karpenter: { classes: { general: {}, spare: {} }, pools: { general: { class: general, limits: { cpus: 64 } } } }",
      "karpenter.classes.spare  is not the class of any pool; remove it, or name it in a pool's class",
    ],
    [
      "a type that EC2 has not",
      pool(", instanceTypes: [m7i.lage]"),
      "karpenter.pools.general.instanceTypes[0]: m7i.lage  is not an EC2 instance type; near it: m7i.large, c7i.large, i7i.large",
    ],
    [
      "bare metal, which the pool's own requirement would leave out",
      pool(", instanceTypes: [m7i.metal-24xl]"),
      "karpenter.pools.general.instanceTypes[0]: m7i.metal-24xl  is not a virtual Nitro type; pools are limited to those: write another",
    ],
    [
      "a type of another architecture",
      pool(", instanceTypes: [m7g.large]"),
      "karpenter.pools.general.instanceTypes[0]: m7g.large  is arm64, and the pool's arch is amd64; write arch: [arm64]",
    ],
    [
      "types by name and by kind at once",
      pool(", instanceTypes: [m7i.large], categories: [m]"),
      "karpenter.pools.general  has both instanceTypes and categories, minGeneration or vcpus; write one or the others",
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
      "karpenter.pools.general.zones[0]: us-east-1f  is not in network.zones; write one of us-east-1a, us-east-1b",
    ],
    [
      "labels that Karpenter would refuse",
      pool(', labels: { karpenter.sh/nodepool: "x" }'),
      'karpenter.pools.general.labels."karpenter.sh/nodepool"  is a label that Karpenter, Kubernetes or EKS sets; write a key of your own, for example workload',
    ],
    [
      "a budget of both percent and nodes",
      pool(", budgets: [{ percent: 10, nodes: 1 }]"),
      "karpenter.pools.general.budgets[0]  must have either percent or nodes; write one of them",
    ],
    [
      "a budget with a schedule and no duration",
      pool(', budgets: [{ nodes: 0, schedule: "0 9 * * mon-fri" }]'),
      "karpenter.pools.general.budgets[0]  has only one of schedule and duration, and Karpenter takes both or neither; write the other",
    ],
    [
      "a schedule that Karpenter can't read, after which it disrupts nothing",
      pool(', budgets: [{ nodes: 0, schedule: "30 10 * * 1-7", duration: 22h }]'),
      "karpenter.pools.general.budgets[0].schedule: 30 10 * * 1-7  has 1-7 in its days of the week; write numbers from 0 to 6, Sunday is 0",
    ],
    [
      "a schedule every so often, which the NodePool's definition refuses",
      pool(', budgets: [{ nodes: 0, schedule: "@every 24h", duration: 8h }]'),
      "karpenter.pools.general.budgets[0].schedule: @every 24h  must be five fields or one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly",
    ],
    [
      "a budget for no time",
      pool(', budgets: [{ nodes: 0, schedule: "0 9 * * mon-fri", duration: 0h }]'),
      "karpenter.pools.general.budgets[0].duration: 0h  is zero, so the budget would never apply; write for example 8h",
    ],
    [
      "nodes that end at once",
      pool(", expireAfter: 0s"),
      "karpenter.pools.general.expireAfter: 0s  replaces each node as soon as it is there; write for example 336h, or Never",
    ],
    [
      "a time that Go can't hold, for Karpenter could not read the pool",
      pool(", terminationGracePeriod: 9999999h"),
      "karpenter.pools.general.terminationGracePeriod: 9999999h  is not a duration; write for example 120s, 5m, 336h or 1h30m",
    ],
    [
      "a duration in no unit",
      pool(", consolidateAfter: 120s, expireAfter: 14d"),
      "karpenter.pools.general.expireAfter: 14d  is not a duration; write for example 120s, 5m, 336h, or Never",
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
      "keda.queues[0]: https://sqs.us-east-1.amazonaws.com/111122223333/orders  is not a queue name; write the name, not its address, for example orders or orders.fifo",
    ],
  ])("%s", (_what, text, message) => {
    expect(problemsOf(text)).toEqual([message]);
  });
});

test("the images of Karpenter's classes are used, though no node group has them", () => {
  const used = (ami: string) =>
    [
      ...aTarget(
        `karpenter: { classes: { general: { ami: ${ami} } }, pools: { general: { class: general, limits: { cpus: 64 } } } }`,
      ).components.keys(),
    ].filter((each) => each === "al2023" || each === "bottlerocket");

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

  test("there is none without Karpenter", () => {
    expect(karpenterPoolDemand(aTarget().config)).toEqual([]);
  });
});

test("refuses Xen types of a pool with prefixes at their places, and says everything else, too", () => {
  const more = pool(", instanceTypes: [r4.xlarge, m7i.large, i3.large], zones: [us-east-1f]");

  expect(problemsOf(more)).toEqual([
    "karpenter.pools.general.instanceTypes[0]: r4.xlarge  is not a virtual Nitro type; pools are limited to those: write another",
    "karpenter.pools.general.instanceTypes[2]: i3.large  is not a virtual Nitro type; pools are limited to those: write another",
    "karpenter.pools.general.zones[0]: us-east-1f  is not in network.zones; write one of us-east-1a, us-east-1b",
  ]);
});

describe("warns of budgets that never allow a disruption", () => {
  const warnings = (budgets: string) =>
    warningsOf({
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml": `${NETWORK}capacity: { quotas: { vcpusOnDemand: 2000 } }\n${pool(`, budgets: [${budgets}]`)}\n`,
    }).map((line) => line.replace(/^dev\/us-east-1: karpenter\.pools\.general\./, ""));
  const all =
    "Karpenter never moves nodes to a new AMI or class, never consolidates, never removes empty nodes (only expireAfter ends a node)";

  test.each([
    [
      "without a schedule",
      "{ nodes: 0 }",
      `budgets[0]: ${all}; write a schedule and a duration, or more than 0`,
    ],
    [
      "in percent, beside another",
      "{ percent: 10 }, { percent: 0, reasons: [Drifted] }",
      "budgets[1]: Karpenter never moves nodes to a new AMI or class (only expireAfter ends a node); write a schedule and a duration, or more than 0",
    ],
    [
      "as long as its schedule waits",
      '{ nodes: 0, schedule: "0 9 * * *", duration: 24h }',
      `budgets[0].duration: holds until its schedule comes again, so ${all}; write a shorter duration`,
    ],
  ])("%s", (_how, budgets, warning) => {
    expect(warnings(budgets)).toEqual([warning]);
  });

  test.each(['{ nodes: 0, schedule: "0 9 * * mon-fri", duration: 48h }', "{ nodes: 1 }", "{ percent: 10 }"])(
    "but does not warn of %s",
    (budgets) => {
      expect(warnings(budgets)).toEqual([]);
    },
  );
});

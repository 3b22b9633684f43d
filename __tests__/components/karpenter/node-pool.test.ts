import { nodePool, type NodePoolSpec } from "../../../src/components/karpenter/node-pool";

const base: NodePoolSpec = {
  name: "general",
  className: "general",
  types: { categories: ["m", "c", "r"], minGeneration: 6, minVcpus: 2 },
  arch: ["amd64"],
  capacity: ["on-demand"],
  limits: { cpus: 500 },
  consolidation: "underutilized",
  consolidateAfter: "120s",
  expireAfter: "336h",
  budgets: [{ percent: 10 }],
  labels: {},
  taints: [],
  startupTaints: [],
};

interface Spec {
  readonly template: {
    readonly spec: { readonly requirements: { key: string; operator: string; values: string[] }[] };
  };
}

const specOf = (over: Partial<NodePoolSpec> = {}) => nodePool({ ...base, ...over }).spec as unknown as Spec;

const requirements = (over: Partial<NodePoolSpec> = {}) =>
  specOf(over).template.spec.requirements.map(({ key, operator, values }) => [key, operator, values]);

test("names its class by group, as v1 asks", () => {
  expect(nodePool(base)).toMatchObject({
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "general" },
    spec: {
      template: {
        spec: { nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "general" } },
      },
    },
  });
});

test("asks for kinds of types, by category, generation and size", () => {
  expect(requirements({ types: { categories: ["m"], minGeneration: 7, minVcpus: 4, maxVcpus: 16 } })).toEqual(
    expect.arrayContaining([
      ["karpenter.k8s.aws/instance-category", "In", ["m"]],
      ["karpenter.k8s.aws/instance-generation", "Gte", ["7"]],
      ["karpenter.k8s.aws/instance-cpu", "Gte", ["4"]],
      ["karpenter.k8s.aws/instance-cpu", "Lte", ["16"]],
    ]),
  );
});

test("or for types by name, and then for nothing else of them", () => {
  const keys = requirements({ types: { names: ["r7i.xlarge"] } }).map(([key]) => key);

  expect(keys).toContain("node.kubernetes.io/instance-type");
  expect(keys).not.toContain("karpenter.k8s.aws/instance-category");
});

test("takes Linux on virtual Nitro types only", () => {
  expect(requirements()).toEqual(
    expect.arrayContaining([
      ["kubernetes.io/os", "In", ["linux"]],
      ["karpenter.k8s.aws/instance-hypervisor", "In", ["nitro"]],
    ]),
  );
});

test("zones are a requirement only where they are given", () => {
  expect(requirements().map(([key]) => key)).not.toContain("topology.kubernetes.io/zone");
  expect(requirements({ zones: ["us-east-1a"] })).toContainEqual([
    "topology.kubernetes.io/zone",
    "In",
    ["us-east-1a"],
  ]);
});

// aws/karpenter-provider-aws, website: v1.0/upgrading/v1-migration.md: consolidateAfter is required, expireAfter moved out
// of disruption, and WhenUnderutilized is WhenEmptyOrUnderutilized.
test.each([
  ["underutilized", "WhenEmptyOrUnderutilized"],
  ["empty", "WhenEmpty"],
] as const)("consolidation %s is v1's %s, and expiry belongs to the template", (consolidation, policy) => {
  expect(specOf({ consolidation })).toMatchObject({
    disruption: { consolidationPolicy: policy, consolidateAfter: "120s" },
    template: { spec: { expireAfter: "336h" } },
  });
  expect(specOf({ consolidation })).not.toHaveProperty("disruption.expireAfter");
});

test("budgets are percent or counts, with a schedule where there is one", () => {
  const budgets = [
    { percent: 10 },
    { nodes: 0, schedule: "0 9 * * mon-fri", duration: "8h", reasons: ["Underutilized"] },
  ];

  expect(specOf({ budgets })).toMatchObject({
    disruption: {
      budgets: [
        { nodes: "10%" },
        { nodes: "0", schedule: "0 9 * * mon-fri", duration: "8h", reasons: ["Underutilized"] },
      ],
    },
  });
});

test("limits are quantities", () => {
  expect(specOf({ limits: { cpus: 64, memoryGiB: 512 } })).toMatchObject({
    limits: { cpu: "64", memory: "512Gi" },
  });
});

test("taints keep their value only where they have one; startup taints are of their own kind", () => {
  const spec = specOf({
    taints: [{ key: "gpu", value: "", effect: "NoSchedule" }],
    startupTaints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" }],
  });

  expect(spec).toMatchObject({
    template: {
      spec: {
        taints: [{ key: "gpu", effect: "NoSchedule" }],
        startupTaints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" }],
      },
    },
  });
  expect(spec).not.toHaveProperty("template.spec.taints.0.value");
});

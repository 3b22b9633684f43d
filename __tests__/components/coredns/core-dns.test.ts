import { type CoreDnsProps, coreDnsConfiguration } from "../../../src/components/coredns/core-dns";

const configuration = (changes: Partial<CoreDnsProps> = {}) =>
  coreDnsConfiguration({ replicas: 3, cpuMillicores: 100, memoryMiB: 256, stubZones: {}, ...changes });

// Every call by name waits for CoreDNS: too little memory or too few replicas slow down the whole cluster.
test("has the replicas asked for, each with room to work in", () => {
  expect(configuration()).toMatchObject({
    replicaCount: 3,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  });
  expect(configuration({ cpuMillicores: 250, memoryMiB: 513 }).resources).toEqual({
    requests: { cpu: "250m", memory: "256Mi" },
    limits: { memory: "513Mi" },
  });
});

test("scaled by EKS has bounds, and no number that would fight with it", () => {
  const scaled = configuration({ replicas: { min: 3, max: 20 } });

  expect(scaled).toMatchObject({ autoScaling: { enabled: true, minReplicas: 3, maxReplicas: 20 } });
  expect(scaled).not.toHaveProperty("replicaCount");
  expect(configuration()).not.toHaveProperty("autoScaling");
});

// Amazon EKS Best Practices Guide, "Cluster services".
test("answers for half a minute after it was told to end, with stub zones and without", () => {
  expect(configuration().corefile).toContain("lameduck 30s");
  expect(configuration({ stubZones: { "internal.corp": ["10.0.0.2"] } })).toMatchObject({
    corefile: expect.stringContaining("internal.corp:53 {") as string,
  });
});

test("spreads over zones and hosts, and still runs where that can't be", () => {
  const { topologySpreadConstraints } = configuration();

  expect(topologySpreadConstraints.map(({ topologyKey }) => topologyKey)).toEqual([
    "topology.kubernetes.io/zone",
    "kubernetes.io/hostname",
  ]);
  for (const constraint of topologySpreadConstraints) {
    expect(constraint).toMatchObject({
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    });
  }
});

test("loses at most one replica to a drain", () => {
  expect(configuration().podDisruptionBudget).toEqual({ enabled: true, maxUnavailable: 1 });
});

import { coreDnsConfiguration } from "../../../src/modules/nodes/core-dns";

// Seed 001, section 15; seed 004, sections 6 and 18.
test("has the replicas asked for, each with room to work in", () => {
  const { replicaCount, resources } = coreDnsConfiguration(3);

  expect(replicaCount).toBe(3);
  expect(resources.requests).toEqual({ cpu: "100m", memory: "128Mi" });
  expect(resources.limits).toEqual({ memory: "256Mi" });
});

test("spreads over zones and hosts, and still runs where that can't be", () => {
  const { topologySpreadConstraints } = coreDnsConfiguration(3);

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
  expect(coreDnsConfiguration(2).podDisruptionBudget).toEqual({ enabled: true, maxUnavailable: 1 });
});

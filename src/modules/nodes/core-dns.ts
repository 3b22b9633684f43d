/** Configuration of the coredns add-on: replicas apart from each other, with room, and never all down at once. */
export function coreDnsConfiguration(replicas: number) {
  const labelSelector = { matchLabels: { "k8s-app": "kube-dns" } };
  const spreadOver = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector,
  });
  return {
    replicaCount: replicas,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    topologySpreadConstraints: [
      spreadOver("topology.kubernetes.io/zone"),
      spreadOver("kubernetes.io/hostname"),
    ],
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  };
}

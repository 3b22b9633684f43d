import { metricsServerValues } from "../../../src/components/metrics-server/metrics-server";

const values = metricsServerValues({ replicas: 2, hostNetwork: false });

test("outlasts the loss of a node or a zone", () => {
  expect(values).toMatchObject({
    replicas: 2,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    tolerations: expect.arrayContaining([{ key: "CriticalAddonsOnly", operator: "Exists" }]) as unknown,
  });
  expect(JSON.stringify(values.topologySpreadConstraints)).toContain("topology.kubernetes.io/zone");
});

// kubernetes-sigs/metrics-server, README: the control plane must reach it, by the node's address where it can't reach
// pods. There 10250 is the kubelet's own.
test("with an overlay it listens on the node, and not on the kubelet's port", () => {
  expect(metricsServerValues({ replicas: 2, hostNetwork: true })).toMatchObject({
    hostNetwork: { enabled: true },
    containerPort: 4443,
  });
  expect(values).toMatchObject({ hostNetwork: { enabled: false }, containerPort: 10250 });
});

// kubernetes-sigs/metrics-server, README: `--kubelet-insecure-tls` is for tests. EKS signs the kubelets' certificates
// (EKS User Guide, certificate signing).
test("it checks the kubelets' certificates", () => {
  expect(JSON.stringify(values)).not.toContain("insecure");
});

test("takes its image from the mirror", () => {
  expect(metricsServerValues({ replicas: 2, hostNetwork: false, imageMirror: "mirror.corp" })).toMatchObject({
    image: { repository: "mirror.corp/registry.k8s.io/metrics-server/metrics-server" },
  });
});

import type { Monitored } from "../../../src/components/component";
import { usedRecords } from "../../../src/model/used-components";
import { componentMonitors } from "../../../src/modules/observability/component-monitors";
import { aTarget } from "../../support/fixtures";
import { releaseValues, resource, synthYaml } from "../../support/synth";

const ALL = `
karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }
metricsServer: {}
keda: {}
verticalPodAutoscaler: {}
secrets: { delivery: both }
ingress:
  dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }
  certificates: { email: platform@example.com }
observability: { prometheus: {} }
`;

const monitored = (yaml?: string): Record<string, Monitored> =>
  Object.assign({}, ...usedRecords(aTarget(yaml).config).map(({ monitors }) => monitors)) as Record<
    string,
    Monitored
  >;

// Labels and port names as the charts of the release render them (octarine render).
test.each([
  ["karpenter", "kube-system", ["http-metrics"]],
  ["keda", "keda", ["metrics"]],
  ["vpa-recommender", "kube-system", ["metrics"]],
  ["external-secrets", "external-secrets", ["metrics"]],
  ["secrets-store-csi-driver", "kube-system", ["metrics"]],
  ["load-balancer-controller", "kube-system", ["metrics-server"]],
  ["external-dns", "external-dns", ["http"]],
  ["cert-manager", "cert-manager", ["http-metrics"]],
  ["cilium-agent", "kube-system", ["prometheus", "hubble-metrics"]],
  ["cilium-operator", "kube-system", ["prometheus"]],
])("%s is read in %s by its ports %s", (name, namespace, ports) => {
  expect(componentMonitors(monitored(ALL))[name]).toMatchObject({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: {
      namespaceSelector: { matchNames: [namespace] },
      podMetricsEndpoints: ports.map((port) => ({ port })),
    },
  });
});

test("a target's monitors are those of what it has", () => {
  const cilium = ["cilium-agent", "cilium-operator"];
  expect(Object.keys(monitored(ALL))).toHaveLength(10);
  expect(Object.keys(monitored())).toEqual(cilium);
  expect(Object.keys(monitored("secrets: { delivery: csi }\ningress: {}"))).toEqual([
    ...cilium,
    "secrets-store-csi-driver",
    "load-balancer-controller",
  ]);
  expect(Object.keys(monitored("cni: { kind: vpc-cni }"))).toEqual(["vpc-cni"]);
});

test("they come with the rules, after the kinds of the Prometheus operator", () => {
  const release = "prometheus_monitoring-rules_helm_release";
  const { observability } = synthYaml(ALL);

  expect(resource(observability, "helm_release", release).depends_on).toContain(
    "helm_release.prometheus_stack_release",
  );
  expect(releaseValues(observability, release)).toMatchObject({
    manifests: { karpenter: { kind: "PodMonitor" }, "cert-manager": { kind: "PodMonitor" } },
  });
});

import {
  controllerMonitors,
  type MonitoredController,
} from "../../../src/modules/observability/component-monitors";
import { monitoredControllers } from "../../../src/stacks/observability/monitored-controllers";
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

// Labels and port names as the charts of the release render them (octarine render).
test.each<[MonitoredController, string, string]>([
  ["karpenter", "kube-system", "http-metrics"],
  ["keda", "keda", "metrics"],
  ["vpa-recommender", "kube-system", "metrics"],
  ["external-secrets", "external-secrets", "metrics"],
  ["secrets-store-csi-driver", "kube-system", "metrics"],
  ["load-balancer-controller", "kube-system", "metrics-server"],
  ["external-dns", "external-dns", "http"],
  ["cert-manager", "cert-manager", "http-metrics"],
])("%s is read in %s by its port %s", (name, namespace, port) => {
  expect(controllerMonitors([name])[name]).toMatchObject({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: { namespaceSelector: { matchNames: [namespace] }, podMetricsEndpoints: [{ port }] },
  });
});

test("a target's monitors are those of the controllers that it has", () => {
  expect(monitoredControllers(aTarget(ALL).config)).toHaveLength(8);
  expect(monitoredControllers(aTarget().config)).toEqual([]);
  expect(monitoredControllers(aTarget("secrets: { delivery: csi }\ningress: {}").config)).toEqual([
    "secrets-store-csi-driver",
    "load-balancer-controller",
  ]);
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

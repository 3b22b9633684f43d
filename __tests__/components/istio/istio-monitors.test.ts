import { istioMonitors } from "../../../src/components/istio/istio-monitors";
import { releaseValues, synthYaml } from "../../support/synth";

// Labels and port names as the charts and istiod make them: istio/istio manifests/charts, 1.27.9 and 1.29.6.
test.each([
  ["istiod", "http-monitoring"],
  ["istio-cni", "metrics"],
  ["ztunnel", "ztunnel-stats"],
  ["istio-gateways", "http-envoy-prom"],
  // 15020 of files/waypoint.yaml and files/kube-gateway.yaml; closed namespaces do not open 15090.
  ["istio-api-gateways", "metrics"],
])("%s is read by its port %s", (name, port) => {
  expect(istioMonitors("ambient")[name]).toMatchObject({
    kind: "PodMonitor",
    spec: { podMetricsEndpoints: [{ port }] },
  });
});

test("Envoy's metrics are not at the usual path", () => {
  expect(istioMonitors("sidecar")["istio-gateways"]).toMatchObject({
    spec: { podMetricsEndpoints: [{ path: "/stats/prometheus" }], namespaceSelector: { any: true } },
  });
});

test("there is no ztunnel without ambient mode", () => {
  expect(Object.keys(istioMonitors("sidecar"))).not.toContain("ztunnel");
});

test("a target with Istio has them, and alerts of the mesh; one without has neither", () => {
  const MONITORED = "observability: { prometheus: {} }";
  const rules = (yaml: string) =>
    Object.keys(
      releaseValues(synthYaml(yaml).observability, "prometheus_monitoring-rules_helm_release")
        .manifests as object,
    );

  expect(rules(`${MONITORED}\nmesh: { kind: istio, id: acme, trustDomain: acme.internal }`)).toEqual(
    expect.arrayContaining(["istiod", "istio-gateways", "mesh"]),
  );
  expect(rules(MONITORED)).not.toContain("istiod");
  expect(rules(MONITORED)).not.toContain("mesh");
});

// Prometheus servers share nothing: what only one of them was sent, the other does not have.
test("pushed metrics reach every Prometheus by its own name", () => {
  const { observability } = synthYaml(
    "observability: { prometheus: { replicas: 2 }, openTelemetry: { traces: { kind: xray } } }",
  );
  const values = JSON.stringify(releaseValues(observability, "open-telemetry_otlp-collector_helm_release"));

  for (const index of [0, 1])
    expect(values).toContain(
      `"endpoint":"http://prometheus-kube-prometheus-stack-prometheus-${index}.prometheus-operated.monitoring.svc:9090/api/v1/otlp"`,
    );
  expect(values).toContain('"exporters":["otlphttp/metrics-0","otlphttp/metrics-1"]');
});

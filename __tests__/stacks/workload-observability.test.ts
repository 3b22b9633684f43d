import type { Manifest } from "../../src/modules/manifest";
import { releaseValues, synthYaml } from "../support/synth";

const SERVICE = `namespace: shop, image: "{account}.dkr.ecr.{region}.amazonaws.com/web:1", resources: { cpus: 0.1, memoryMiB: 128 }`;
const PORTS = "ports: { http: { port: 80, targetPort: 8080, protocol: http } }";

/** What the release of a service holds, by kind and name. */
function objects(target: string, service = "web"): Record<string, Manifest> {
  const { manifests } = releaseValues(synthYaml(target).workloads, `workload-${service}_helm_release`);
  return Object.fromEntries(
    Object.values(manifests as Record<string, Manifest>).map((each) => [
      `${each.kind}/${each.metadata.name}`,
      each,
    ]),
  );
}

const web = (more: string, target: string) =>
  `${target}\nworkloads: { web: { ${SERVICE}, ${PORTS}${more === "" ? "" : `, ${more}`} } }`;

describe("observability", () => {
  const ALL =
    "observability: { prometheus: {}, openTelemetry: { traces: { kind: xray } } }\nnamespaces: { shop: {} }";

  test("Prometheus reads /metrics, and traces go to the collector, where they are", () => {
    const all = objects(web("", ALL));

    expect(all["ServiceMonitor/web"]?.spec).toMatchObject({
      endpoints: [{ port: "http", path: "/metrics", interval: "30s" }],
    });
    expect(JSON.stringify(all["Deployment/web"]?.spec)).toContain(
      '{"name":"OTEL_EXPORTER_OTLP_ENDPOINT","value":"http://otlp-collector.opentelemetry.svc.cluster.local:4317"}',
    );
    expect(JSON.stringify(all["NetworkPolicy/web-dependencies"]?.spec)).toMatch(/opentelemetry.*4317/);
  });

  test("neither where the service says so", () => {
    const all = objects(web("metrics: false, tracing: false", ALL));

    expect(all).not.toHaveProperty("ServiceMonitor/web");
    expect(JSON.stringify(all["Deployment/web"]?.spec)).not.toContain("OTEL_");
  });
});

// Istio, "Integrations: Prometheus": a sidecar lets nobody without an identity in the mesh through to the container.
describe("in a mesh of sidecars", () => {
  const MESH = `
observability: { prometheus: {} }
ingress: {}
mesh: { kind: istio, id: a, trustDomain: a.internal }
namespaces: { shop: { labels: { istio-injection: enabled } } }`;
  const annotations = (manifest: Manifest | undefined) =>
    (manifest?.spec as { template: { metadata: { annotations?: object } } }).template.metadata.annotations;

  test("Prometheus reads the sidecar's agent, which no container's port is", () => {
    const all = objects(web("", MESH));

    expect(all).not.toHaveProperty("ServiceMonitor/web");
    expect(all["PodMonitor/web"]?.spec).toMatchObject({
      selector: { matchLabels: { app: "web" } },
      jobLabel: "app",
      podMetricsEndpoints: [
        {
          port: "http-envoy-prom",
          path: "/stats/prometheus",
          relabelings: [
            {
              sourceLabels: ["__address__"],
              regex: "(.+):15090",
              replacement: "$1:15020",
              targetLabel: "__address__",
            },
          ],
        },
      ],
    });
  });

  test("the agent reads the container", () => {
    const all = objects(web("metrics: { port: http, path: /stats }", MESH));

    expect(annotations(all["Deployment/web"])).toEqual({
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "8080",
      "prometheus.io/path": "/stats",
    });
  });

  test("versions are read with their service", () => {
    const next = objects(
      `${MESH}\nworkloads: { web: { ${SERVICE}, ${PORTS}, version: v1 }, next: { ${SERVICE}, ${PORTS}, app: web, version: v2 } }`,
      "next",
    );

    expect(next).not.toHaveProperty("PodMonitor/next");
    expect(annotations(next["Deployment/next"])).toHaveProperty(["prometheus.io/port"], "8080");
  });

  test("nothing is read where the service says so", () => {
    const all = objects(web("metrics: false", MESH));

    expect(all).not.toHaveProperty("PodMonitor/web");
    expect(annotations(all["Deployment/web"])).toBeUndefined();
  });
});

test.each([
  ["strict and closed", ""],
  ["strict", ', defaultDeny: { enabled: false, reason: "workloads move in" }'],
  ["closed", ', mtls: { mode: permissive, reason: "workloads move in" }'],
])("an ambient mesh that is %s is not read, for lack of an agent", (_what, more) => {
  const target = `
observability: { prometheus: {} }
ingress: {}
mesh: { kind: istio-ambient, id: a, trustDomain: a.internal${more} }
namespaces: { shop: { labels: { istio.io/dataplane-mode: ambient } } }`;

  expect(Object.keys(objects(web("", target))).join()).not.toMatch(/Monitor/);
});

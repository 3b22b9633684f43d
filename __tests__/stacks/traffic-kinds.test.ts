import { releaseValues, synthYaml } from "../support/synth";

const target = `
ingress: { loadBalancers: { publicNamespaces: [istio-ingress] } }
mesh:
  kind: istio
  id: acme
  trustDomain: acme.internal
  ingressGateways: { public: { scheme: public, callers: [203.0.113.0/24] } }
traffic:
  api: istio
  gateways:
    secure: { hosts: [db.example.com], namespaces: [shop], tls: { passthrough: true } }
namespaces: { shop: { labels: { istio-injection: enabled } } }
workloads:
  db:
    namespace: shop
    version: v1
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/db:1.0.0
    ports: { tls: { port: 5432, protocol: tcp }, admin: { port: 5433, protocol: tcp } }
    resources: { cpus: 0.25, memoryMiB: 256 }
    traffic:
      gateway: secure
      hosts: [db.example.com]
      inCluster: true
      subsets: { v1: { version: v1 }, v2: { version: v2 } }
      split: { v1: 90, v2: 10 }
  db-next:
    app: db
    version: v2
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/db:2.0.0
    ports: { tls: { port: 5432, protocol: tcp }, admin: { port: 5433, protocol: tcp } }
    resources: { cpus: 0.25, memoryMiB: 256 }
  api:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:1.0.0
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.25, memoryMiB: 256 }
    traffic: { rateLimit: { requests: 100, per: 1m, burst: 150 } }
`;

type Objects = Record<string, { kind: string; spec: Record<string, unknown> }>;
const { mesh, workloads } = synthYaml(target);
const objects = (json: string, address: string) => releaseValues(json, address).manifests as Objects;
const db = objects(workloads, "workload-db_helm_release");
const shares = (port: number) =>
  ["v1", "v2"].map((subset) => ({
    destination: { host: "db.shop.svc.cluster.local", subset, port: { number: port } },
    weight: subset === "v1" ? 90 : 10,
  }));

describe("a service that speaks nothing but TCP", () => {
  test("is led to by the server name of a connection, whose TLS the gateway passes on", () => {
    expect(objects(mesh, "traffic_gateways_helm_release")["Gateway/secure"]?.spec).toEqual({
      selector: { istio: "ingressgateway-public" },
      servers: [
        {
          port: { number: 443, name: "tls", protocol: "TLS" },
          hosts: ["shop/db.example.com"],
          tls: { mode: "PASSTHROUGH" },
        },
      ],
    });
    expect(db["traffic-virtualservice-shop-db"]?.spec).toMatchObject({
      hosts: ["db.example.com", "db.shop.svc.cluster.local"],
      tls: [
        {
          match: [{ gateways: ["istio-ingress/secure"], port: 443, sniHosts: ["db.example.com"] }],
          route: shares(5432),
        },
      ],
    });
  });

  test("has its versions' shares of connections for callers in the mesh, on each port", () => {
    expect(db["traffic-virtualservice-shop-db"]?.spec.tcp).toEqual(
      [5432, 5433].map((port) => ({ match: [{ gateways: ["mesh"], port }], route: shares(port) })),
    );
    expect(db["traffic-virtualservice-shop-db"]?.spec).not.toHaveProperty("http");
  });

  test("lets in the gateway that leads to it, in the mesh and by network policies", () => {
    const policies = JSON.stringify(Object.values(db).filter(({ kind }) => kind.endsWith("Policy")));

    expect(policies).toContain("sa/istio-ingressgateway-public");
    expect(policies).toContain('"istio":"ingressgateway-public"');
    expect(policies).toMatch(/"ports":\["5432"\]/);
  });
});

// istio/istio 1.29.6, samples/ratelimit/local-rate-limit-service.yaml: the same filter at the same place.
test("a limit of requests is kept by the sidecar of each pod, before all other filters", () => {
  const { spec } =
    objects(workloads, "workload-api_helm_release")["traffic-envoyfilter-shop-api-rate-limit"] ?? {};

  expect(spec).toMatchObject({
    workloadSelector: { labels: { app: "api" } },
    configPatches: [
      {
        applyTo: "HTTP_FILTER",
        match: { context: "SIDECAR_INBOUND" },
        patch: {
          operation: "INSERT_FIRST",
          value: {
            name: "envoy.filters.http.local_ratelimit",
            typed_config: {
              token_bucket: { max_tokens: 150, tokens_per_fill: 100, fill_interval: "60s" },
            },
          },
        },
      },
    ],
  });
});

import { gatewayManifests } from "../../../../src/modules/workloads/traffic/gateways";
import type { TrafficPlatform } from "../../../../src/modules/workloads/traffic/traffic";
import { aService, GATEWAY, PLATFORMS, routed, specOf } from "../../../support/traffic";

const BY_GATEWAY = "hosts: [example.com]\ngateway: public-gw\n";
const rules = (yaml: string, service = aService("api", ["http:80:8080"]), kind = "HTTPRoute") =>
  (
    specOf(routed(`${BY_GATEWAY}${yaml}`, PLATFORMS["gateway-api"], service), `${kind}/api`) as {
      rules: unknown[];
    }
  ).rules;
const BACKEND = { backendRefs: [{ name: "api", port: 80 }] };

test.each<[string, string, object]>([
  [
    "a whole path",
    "{ path: /login }",
    { matches: [{ path: { type: "Exact", value: "/login" } }], ...BACKEND },
  ],
  [
    "a method and headers",
    "{ method: POST, headers: { x-a: one, x-b: { prefix: t.o }, x-c: { regex: 't.*' } } }",
    {
      matches: [
        {
          method: "POST",
          headers: [
            { name: "x-a", type: "Exact", value: "one" },
            { name: "x-b", type: "RegularExpression", value: "t\\.o.*" },
            { name: "x-c", type: "RegularExpression", value: "t.*" },
          ],
        },
      ],
      ...BACKEND,
    },
  ],
  ["time", "{ timeout: 5s }", { timeouts: { request: "5s" }, ...BACKEND }],
  [
    "another prefix",
    "{ prefix: /api, rewrite: / }",
    {
      matches: [{ path: { type: "PathPrefix", value: "/api" } }],
      filters: [
        {
          type: "URLRewrite",
          urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } },
        },
      ],
      ...BACKEND,
    },
  ],
  [
    "a redirect",
    "{ redirect: { host: www.example.com, path: /new, status: 301 } }",
    {
      filters: [
        {
          type: "RequestRedirect",
          requestRedirect: {
            hostname: "www.example.com",
            path: { type: "ReplaceFullPath", replaceFullPath: "/new" },
            statusCode: 301,
          },
        },
      ],
    },
  ],
  [
    "shares of services",
    "{ to: [{ weight: 90 }, { service: next, port: 81, weight: 10 }] }",
    {
      backendRefs: [
        { name: "api", port: 80, weight: 90 },
        { name: "next", port: 81, weight: 10 },
      ],
    },
  ],
])("an HTTPRoute takes %s", (_name, yaml, expected) => {
  expect(rules(`routes: [${yaml}]`)).toEqual([expected]);
});

test("gRPC goes by service, method and header", () => {
  const service = aService("api", ["grpc:80"]);
  const yaml = "routes: [{ grpc: { service: shop.Cart }, headers: { x-beta: 'yes' } }, {}]";

  expect(rules(yaml, service, "GRPCRoute")).toEqual([
    {
      matches: [
        {
          method: { type: "Exact", service: "shop.Cart" },
          headers: [{ name: "x-beta", type: "Exact", value: "yes" }],
        },
      ],
      ...BACKEND,
    },
    BACKEND,
  ]);
});

test("each version is a Service of its own", () => {
  const yaml = `${BY_GATEWAY}subsets: { v1: { version: v1 }, v2: { version: v2 } }\nsplit: { v1: 90, v2: 10 }`;
  const manifests = routed(yaml, PLATFORMS["gateway-api"]);

  expect(specOf(manifests, "HTTPRoute/api")).toMatchObject({
    rules: [
      {
        backendRefs: [
          { name: "api-v1", port: 80, weight: 90 },
          { name: "api-v2", port: 80, weight: 10 },
        ],
      },
    ],
  });
  expect(specOf(manifests, "Service/api-v2")).toEqual({
    type: "ClusterIP",
    selector: { app: "api", version: "v2" },
    ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
  });
});

test("a Service of another namespace is granted there, to these routes and by its name", () => {
  const manifests = routed(
    `${BY_GATEWAY}routes: [{ to: [{ service: ledger, namespace: payments, port: 80 }] }]`,
    PLATFORMS["gateway-api"],
  );

  expect(specOf(manifests, "HTTPRoute/api")).toMatchObject({
    rules: [{ backendRefs: [{ name: "ledger", namespace: "payments", port: 80 }] }],
  });
  expect(manifests["ReferenceGrant/default-api"]).toEqual({
    apiVersion: "gateway.networking.k8s.io/v1beta1",
    kind: "ReferenceGrant",
    metadata: { name: "default-api", namespace: "payments" },
    spec: {
      from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "default" }],
      to: [{ group: "", kind: "Service", name: "ledger" }],
    },
  });
});

test("routes for callers in the cluster are bound to the Service", () => {
  const parents = (yaml: string) =>
    (specOf(routed(yaml, PLATFORMS.cilium), "HTTPRoute/api") as { parentRefs: unknown[] }).parentRefs;
  const service = { group: "", kind: "Service", name: "api" };

  expect(parents("")).toEqual([service]);
  expect(parents(`${BY_GATEWAY}inCluster: true`)).toEqual([
    expect.objectContaining({ kind: "Gateway" }),
    service,
  ]);
});

test("with Istio a DestinationRule goes on top, without subsets", () => {
  const manifests = routed(
    `${BY_GATEWAY}subsets: { v1: { version: v1 } }\ndestination: { outliers: {} }`,
    PLATFORMS["gateway-api"],
  );

  expect(specOf(manifests, "DestinationRule/api")).not.toHaveProperty("subsets");
  expect(manifests).toHaveProperty(["AuthorizationPolicy/api-gateway"]);
});

describe("gateways", () => {
  const gateway = (platform: TrafficPlatform) => specOf(gatewayManifests(platform), "Gateway/public-gw");

  test("Istio's are the Envoy that is there, and only named namespaces are let in", () => {
    expect(gateway(PLATFORMS["gateway-api"])).toEqual({
      gatewayClassName: "istio",
      addresses: [{ type: "Hostname", value: "istio-ingressgateway.istio-ingress.svc.cluster.local" }],
      listeners: [
        { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } },
        {
          name: "https-1",
          hostname: "example.com",
          port: 443,
          protocol: "HTTPS",
          tls: {
            mode: "Terminate",
            certificateRefs: [{ group: "", kind: "Secret", name: "tls-example-com" }],
          },
          allowedRoutes: {
            namespaces: {
              from: "Selector",
              selector: {
                matchExpressions: [
                  { key: "kubernetes.io/metadata.name", operator: "In", values: ["default"] },
                ],
              },
            },
          },
        },
      ],
    });
  });

  test("clear text is redirected", () => {
    expect(specOf(gatewayManifests(PLATFORMS.cilium), "HTTPRoute/public-gw-to-https")).toEqual({
      parentRefs: [
        { group: "gateway.networking.k8s.io", kind: "Gateway", name: "public-gw", sectionName: "http" },
      ],
      rules: [
        { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] },
      ],
    });
  });

  test("without TLS there is port 80 alone", () => {
    const plain = { ...GATEWAY, tls: undefined };

    expect(gateway({ ...PLATFORMS.cilium, gateways: { "public-gw": plain } })).toMatchObject({
      listeners: [{ name: "http-1", port: 80, hostname: "example.com" }],
    });
    expect(gateway({ ...PLATFORMS.istio, gateways: { "public-gw": plain } })).toMatchObject({
      servers: [{ port: { number: 80 } }],
    });
  });

  test.each([
    ["internal", "internal"],
    ["public", "internet-facing"],
  ] as const)("Cilium's have a load balancer of nodes, %s", (scheme, expected) => {
    const platform = { ...PLATFORMS.cilium, gateways: { "public-gw": { ...GATEWAY, scheme } } };

    expect(gateway(platform)).toMatchObject({
      infrastructure: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-type": "external",
          "service.beta.kubernetes.io/aws-load-balancer-scheme": expected,
          "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        },
      },
    });
  });

  test("AWS's take certificates of ACM", () => {
    const arn = (id: string) => `arn:aws:acm:us-east-1:111122223333:certificate/${id}`;
    const manifests = gatewayManifests({ ...PLATFORMS.aws, certificateArns: [arn("a"), arn("b")] });

    expect(specOf(manifests, "LoadBalancerConfiguration/public-gw")).toEqual({
      scheme: "internal",
      listenerConfigurations: [
        { protocolPort: "HTTPS:443", defaultCertificate: arn("a"), certificates: [arn("b")] },
      ],
    });
    expect(specOf(routed(BY_GATEWAY, PLATFORMS.aws), "TargetGroupConfiguration/api")).toEqual({
      targetReference: { group: "", kind: "Service", name: "api" },
      defaultConfiguration: {
        targetType: "ip",
        healthCheckConfig: { healthCheckPath: "/readyz", matcher: { httpCode: "200" } },
      },
    });
  });

  test("AWS's follow the subnets of their scheme", () => {
    const subnetIds = { internal: ["subnet-a", "subnet-b"], public: ["subnet-c"] };

    expect(
      specOf(gatewayManifests(PLATFORMS.aws, subnetIds), "LoadBalancerConfiguration/public-gw"),
    ).toMatchObject({ loadBalancerSubnets: [{ identifier: "subnet-a" }, { identifier: "subnet-b" }] });
  });

  test("AWS's ask each version that a route names, and nothing of the service where none leads to it", () => {
    const asked = (routes: string) =>
      Object.keys(
        routed(`${BY_GATEWAY}subsets: { v1: { version: v1 } }\nroutes: [${routes}]`, PLATFORMS.aws),
      ).filter((name) => name.startsWith("TargetGroupConfiguration"));

    expect(asked("{ prefix: /a, to: [{ subset: v1 }] }, {}")).toEqual([
      "TargetGroupConfiguration/api-v1",
      "TargetGroupConfiguration/api",
    ]);
    expect(asked("{ to: [{ service: web, port: 80 }] }")).toEqual([]);
  });

  test("cert-manager makes the secret where it is asked", () => {
    const gateways = {
      "public-gw": { ...GATEWAY, tls: { kind: "secret", secret: "edge", certManager: true } as const },
    };

    expect(specOf(gatewayManifests({ ...PLATFORMS.istio, gateways }), "Certificate/edge")).toMatchObject({
      secretName: "edge",
      dnsNames: ["example.com"],
      issuerRef: { kind: "ClusterIssuer", name: "letsencrypt" },
    });
  });
});

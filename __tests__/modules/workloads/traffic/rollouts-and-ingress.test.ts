import { routeCallers } from "../../../../src/modules/workloads/traffic/route-callers";
import { rolloutStrategy } from "../../../../src/modules/workloads/traffic/rollout-routing";
import { aService, PLATFORMS, routed, specOf, trafficOf } from "../../../support/traffic";

const rollout = aService("api", ["http:80:8080"], { rollout: true });
const BY_GATEWAY = "hosts: [example.com]\ngateway: public-gw\n";
const services = { stableService: "api-stable", canaryService: "api-canary" };
const STEPS = {
  steps: [
    { setWeight: 10 },
    { pause: { duration: "10m" } },
    { setWeight: 50 },
    { pause: { duration: "10m" } },
  ],
};

describe("Argo Rollouts moves weights", () => {
  test("of subsets, in all routes of a VirtualService that lead to the service", () => {
    const yaml =
      "routes: [{ prefix: /api }, { prefix: /old, redirect: { path: /api } }, { prefix: /web, to: [{ service: web, port: 80 }] }]";

    expect(rolloutStrategy(rollout, trafficOf(yaml), PLATFORMS.istio)).toEqual({
      canary: {
        trafficRouting: {
          istio: {
            virtualService: { name: "api", routes: ["route-1"] },
            destinationRule: { name: "api", stableSubsetName: "stable", canarySubsetName: "canary" },
          },
        },
        ...STEPS,
      },
    });
  });

  test("not of a version of another service, whatever it is named", () => {
    const yaml = "routes: [{ prefix: /web, to: [{ service: web, port: 80, subset: canary }] }, {}]";

    expect(rolloutStrategy(rollout, trafficOf(yaml), PLATFORMS.istio)).toMatchObject({
      canary: { trafficRouting: { istio: { virtualService: { routes: ["route-2"] } } } },
    });
  });

  // argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi v0.15.0, pkg/plugin/types.go.
  test.each<[string, string, object]>([
    ["HTTPRoute", "http:80", { httpRoutes: [{ name: "api" }] }],
    ["GRPCRoute", "grpc:80", { grpcRoutes: [{ name: "api" }] }],
  ])("of Services in a %s, by the plugin of the Gateway API", (_kind, port, routes) => {
    const service = aService("api", [port], { rollout: true });

    expect(rolloutStrategy(service, trafficOf(BY_GATEWAY), PLATFORMS["gateway-api"])).toEqual({
      canary: {
        ...services,
        trafficRouting: { plugins: { "argoproj-labs/gatewayAPI": { namespace: "default", ...routes } } },
        ...STEPS,
      },
    });
  });

  test("of an Ingress, whose paths name the action that Argo Rollouts writes", () => {
    const yaml = "hosts: [example.com]\nroutes: [{ prefix: /v1 }, {}]";
    const manifests = routed(yaml, PLATFORMS["alb-ingress"], rollout);

    expect(rolloutStrategy(rollout, trafficOf(yaml), PLATFORMS["alb-ingress"])).toEqual({
      canary: {
        ...services,
        trafficRouting: { alb: { ingress: "api", rootService: "api", servicePort: 80 } },
        ...STEPS,
      },
    });
    expect(JSON.stringify(specOf(manifests, "Ingress/api")).match(/use-annotation/g)).toHaveLength(2);
    expect(manifests["Ingress/api"]?.metadata.annotations).not.toHaveProperty([
      "alb.ingress.kubernetes.io/actions.api",
    ]);
    expect(Object.keys(manifests)).toEqual(["Service/api-stable", "Service/api-canary", "Ingress/api"]);
  });

  test("by steps of one's own", () => {
    const yaml = "canary: { steps: [{ weight: 5, pause: forever }, { weight: 20, pause: 1h }] }";

    expect(rolloutStrategy(rollout, trafficOf(yaml), PLATFORMS.istio)).toMatchObject({
      canary: {
        steps: [{ setWeight: 5 }, { pause: {} }, { setWeight: 20 }, { pause: { duration: "1h" } }],
      },
    });
  });
});

describe("an ALB", () => {
  const ingress = (yaml: string, service = aService("api", ["http:80:8080"])) =>
    routed(`hosts: [example.com]\n${yaml}`, PLATFORMS["alb-ingress"], service)["Ingress/api"];
  const annotation = (yaml: string, name: string) =>
    JSON.parse(
      ingress(yaml)?.metadata.annotations?.[`alb.ingress.kubernetes.io/${name}`] ?? "null",
    ) as unknown;

  test("splits by weights", () => {
    const yaml = "subsets: { v1: { version: v1 }, v2: { version: v2 } }\nsplit: { v1: 90, v2: 10 }";

    expect(annotation(yaml, "actions.route-1")).toEqual({
      type: "forward",
      forwardConfig: {
        targetGroups: [
          { serviceName: "api-v1", servicePort: 80, weight: 90 },
          { serviceName: "api-v2", servicePort: 80, weight: 10 },
        ],
      },
    });
  });

  test("routes by header and method", () => {
    const yaml =
      "routes: [{ method: GET, headers: { x-beta: 'yes' }, to: [{ service: next, port: 80 }] }, {}]";

    expect(annotation(yaml, "conditions.route-1")).toEqual([
      { field: "http-request-method", httpRequestMethodConfig: { values: ["GET"] } },
      { field: "http-header", httpHeaderConfig: { httpHeaderName: "x-beta", values: ["yes"] } },
    ]);
    expect(annotation(yaml, "actions.route-1")).toMatchObject({
      forwardConfig: { targetGroups: [{ serviceName: "next" }] },
    });
  });

  test("redirects", () => {
    const yaml =
      "routes: [{ prefix: /old, redirect: { scheme: https, host: www.example.com, status: 301 } }]";

    expect(annotation(yaml, "actions.route-1")).toEqual({
      type: "redirect",
      redirectConfig: { protocol: "HTTPS", port: "443", host: "www.example.com", statusCode: "HTTP_301" },
    });
  });

  test("speaks gRPC and asks its health service", () => {
    const service = aService("api", ["grpc:50051"]);
    const found = ingress("routes: [{ grpc: { service: shop.Cart, method: Add } }]", service);

    expect(found?.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/backend-protocol-version": "GRPC",
      "alb.ingress.kubernetes.io/healthcheck-path": "/grpc.health.v1.Health/Check",
      "alb.ingress.kubernetes.io/success-codes": "0",
    });
    expect(found?.spec).toMatchObject({
      rules: [{ http: { paths: [{ path: "/shop.Cart/Add", pathType: "Exact" }] } }],
    });
  });

  test("is shared by a group, has certificates of its own, and leads to nodes on an overlay", () => {
    const arn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
    const yaml = `hosts: [example.com]\ningress: { group: edge, certificateArns: ["${arn}"] }`;
    const platform = { ...PLATFORMS["alb-ingress"], targetType: "instance" as const };

    expect(routed(yaml, platform)["Ingress/api"]?.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/group.name": "edge",
      "alb.ingress.kubernetes.io/certificate-arn": arn,
      "alb.ingress.kubernetes.io/scheme": "internal",
      "alb.ingress.kubernetes.io/target-type": "instance",
    });
  });
});

test("ingress-nginx takes one gRPC method as a whole path, and all methods as a prefix", () => {
  const paths = (grpc: string) =>
    specOf(
      routed(
        `hosts: [example.com]\ningress: { class: nginx, tlsSecret: tls }\nroutes: [{ grpc: ${grpc} }]`,
        PLATFORMS["alb-ingress"],
        aService("api", ["grpc:50051"]),
      ),
      "Ingress/api",
    );

  expect(paths("{ service: shop.Cart, method: Add }")).toMatchObject({
    rules: [{ http: { paths: [{ path: "/shop.Cart/Add", pathType: "Exact" }] } }],
  });
  expect(paths("{ service: shop.Cart }")).toMatchObject({
    rules: [{ http: { paths: [{ path: "/shop.Cart", pathType: "Prefix" }] } }],
  });
});

test.each<[string, string, keyof typeof PLATFORMS, object[]]>([
  [
    "Istio's gateway",
    BY_GATEWAY,
    "istio",
    [{ kind: "pods", namespace: "istio-ingress", labels: { istio: "ingressgateway" } }],
  ],
  ["Cilium's Envoy", BY_GATEWAY, "cilium", [{ kind: "cilium-ingress" }]],
  ["AWS's load balancer", BY_GATEWAY, "aws", [{ kind: "load-balancer", scheme: "internal" }]],
  [
    "a public ALB",
    "ingress: { class: alb-public }",
    "alb-ingress",
    [{ kind: "load-balancer", scheme: "public" }],
  ],
  [
    "ingress-nginx",
    "ingress: { class: nginx }",
    "alb-ingress",
    [{ kind: "pods", namespace: "ingress-nginx", labels: { "app.kubernetes.io/name": "ingress-nginx" } }],
  ],
  ["nobody new, without a gateway", "", "istio", []],
])("pods are called by %s", (_name, yaml, platform, expected) => {
  expect(routeCallers(trafficOf(yaml), PLATFORMS[platform])).toEqual(expected);
});

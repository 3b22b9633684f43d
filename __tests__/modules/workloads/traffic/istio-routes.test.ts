import { httpRouteName } from "../../../../src/modules/workloads/traffic/virtual-service";
import { aService, PLATFORMS, routed, specOf } from "../../../support/traffic";

const host = "api.default.svc.cluster.local";
const ROUTE = [{ destination: { host, port: { number: 80 } } }];
const only = (yaml: string) =>
  (specOf(routed(`routes: [${yaml}]`, PLATFORMS.istio), "VirtualService/api") as { http: unknown[] }).http;

test.each<[string, string, object]>([
  ["a whole path", "{ path: /login }", { match: [{ uri: { exact: "/login" } }], route: ROUTE }],
  [
    "a prefix by whole segments",
    "{ prefix: /api }",
    { match: [{ uri: { exact: "/api" } }, { uri: { prefix: "/api/" } }], route: ROUTE },
  ],
  ["all paths", "{ prefix: / }", { match: [{ uri: { prefix: "/" } }], route: ROUTE }],
  ["a method", "{ method: POST }", { match: [{ method: { exact: "POST" } }], route: ROUTE }],
  [
    "headers of all kinds",
    "{ headers: { x-a: one, x-b: { prefix: two }, x-c: { regex: 't.*' } } }",
    {
      match: [{ headers: { "x-a": { exact: "one" }, "x-b": { prefix: "two" }, "x-c": { regex: "t.*" } } }],
      route: ROUTE,
    },
  ],
  [
    "a gRPC service",
    "{ grpc: { service: shop.Cart } }",
    { match: [{ uri: { prefix: "/shop.Cart/" } }], route: ROUTE },
  ],
  [
    "a gRPC method",
    "{ grpc: { service: shop.Cart, method: Add } }",
    { match: [{ uri: { exact: "/shop.Cart/Add" } }], route: ROUTE },
  ],
  [
    "time and retries",
    "{ timeout: 5s, retries: { attempts: 3, perTryTimeout: 1s, on: [5xx, reset] } }",
    { route: ROUTE, timeout: "5s", retries: { attempts: 3, perTryTimeout: "1s", retryOn: "5xx,reset" } },
  ],
  [
    "no retries, where Istio makes two by itself",
    "{ retries: { attempts: 0 } }",
    { route: ROUTE, retries: { attempts: 0 } },
  ],
  [
    "a redirect",
    "{ redirect: { scheme: https, host: www.example.com, path: /new, status: 301 } }",
    { redirect: { scheme: "https", authority: "www.example.com", uri: "/new", redirectCode: 301 } },
  ],
])("Istio takes %s", (_name, yaml, expected) => {
  expect(only(yaml)).toEqual([{ name: "route-1", ...expected }]);
});

// RE2 as Envoy runs it; JavaScript's regular expressions agree on these.
test.each([
  ["/api", "/", "/api", "/"],
  ["/api", "/", "/api/orders", "/orders"],
  ["/api", "/v2", "/api", "/v2"],
  ["/api", "/v2", "/api/orders", "/v2/orders"],
  ["/a.b", "/x", "/a.b/c", "/x/c"],
])("%s becomes %s: %s is %s", (prefix, rewrite, path, expected) => {
  const [route] = only(`{ prefix: ${prefix}, rewrite: ${rewrite} }`) as {
    rewrite: { uriRegexRewrite: { match: string; rewrite: string } };
  }[];
  const { match, rewrite: to } = route!.rewrite.uriRegexRewrite;

  expect(path.replace(new RegExp(match), to.replaceAll("\\", "$"))).toBe(expected);
});

test("the most specific route comes first, whatever the order", () => {
  const yaml = `
routes:
  - {}
  - { prefix: /api }
  - { prefix: /api, headers: { x-beta: "1" } }
  - { prefix: /api/orders }
  - { path: /api }
`;
  const { http } = specOf(routed(yaml, PLATFORMS.istio), "VirtualService/api") as {
    http: { match?: { uri?: object; headers?: object }[] }[];
  };

  expect(http.map(({ match }) => [match?.[0]?.uri, match?.[0]?.headers !== undefined])).toEqual([
    [{ exact: "/api" }, false],
    [{ exact: "/api/orders" }, false],
    [{ exact: "/api" }, true],
    [{ exact: "/api" }, false],
    [undefined, false],
  ]);
});

test("routes hold for a gateway's callers, the cluster's, or both", () => {
  const spec = (yaml: string) => specOf(routed(yaml, PLATFORMS.istio), "VirtualService/api");

  expect(spec("hosts: [example.com]\ngateway: public-gw")).toMatchObject({
    hosts: ["example.com"],
    gateways: ["istio-ingress/public-gw"],
  });
  expect(spec("")).toMatchObject({ hosts: [host], gateways: ["mesh"] });
  expect(spec("hosts: [example.com]\ngateway: public-gw\ninCluster: true")).toMatchObject({
    hosts: ["example.com", host],
    gateways: ["istio-ingress/public-gw", "mesh"],
  });
});

test("a release by Argo Rollouts starts with all requests at stable", () => {
  const service = aService("api", ["http:80:8080"], { rollout: true });
  const manifests = routed("routes: [{ prefix: /v1 }, {}]", PLATFORMS.istio, service);
  const { http } = specOf(manifests, "VirtualService/api") as { http: { name: string; route: unknown }[] };

  expect(http.map(({ name }) => name)).toEqual([httpRouteName(0), httpRouteName(1)]);
  expect(http[1]?.route).toEqual([
    { destination: { host, subset: "stable", port: { number: 80 } }, weight: 100 },
    { destination: { host, subset: "canary", port: { number: 80 } }, weight: 0 },
  ]);
  expect(specOf(manifests, "DestinationRule/api")).toMatchObject({
    subsets: [
      { name: "stable", labels: { app: "api" } },
      { name: "canary", labels: { app: "api" } },
    ],
  });
});

describe("the ingress gateway under default deny", () => {
  const yaml =
    "hosts: [example.com]\ngateway: public-gw\nroutes: [{}, { prefix: /web, to: [{ service: web }] }]";
  const web = aService("web", ["http:80:3000"], { namespace: "front" });
  const open = (
    platform = PLATFORMS.istio,
    text = yaml.replace("service: web", "service: web, namespace: front"),
  ) =>
    Object.entries(routed(text, { ...platform, services: [web] })).filter(([name]) =>
      name.startsWith("AuthorizationPolicy/"),
    );

  test("may call what the routes lead to, on the ports of the pods", () => {
    const policy = (name: string, namespace: string, app: string, port: string) => ({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: { app } },
        action: "ALLOW",
        rules: [
          {
            from: [{ source: { principals: ["acme.internal/ns/istio-ingress/sa/istio-ingressgateway"] } }],
            to: [{ operation: { ports: [port] } }],
          },
        ],
      },
    });

    expect(open().map(([, each]) => each)).toEqual([
      policy("api-gateway", "default", "api", "8080"),
      policy("api-to-web-gateway", "front", "web", "3000"),
    ]);
  });

  test("needs no permission where all may call, or where nobody calls through it", () => {
    const mesh = { ...PLATFORMS.istio.mesh, defaultDeny: false };

    expect(open({ ...PLATFORMS.istio, mesh } as unknown as typeof PLATFORMS.istio)).toEqual([]);
    expect(open(PLATFORMS.istio, "routes: [{}]")).toEqual([]);
  });
});

test("a port that is not known is an error", () => {
  expect(() => routed("routes: [{ to: [{ service: other }] }]", PLATFORMS.istio)).toThrow(
    "route of api leads to other, whose ports are not known: write its port",
  );
});

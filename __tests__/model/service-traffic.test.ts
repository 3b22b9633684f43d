import { parse } from "yaml";
import { trafficSchema } from "../../src/config/schema/workloads/traffic";
import { resolvedTraffic } from "../../src/model/service-traffic";

const resolve = (yaml: string) =>
  resolvedTraffic("api", { namespace: "shop" }, trafficSchema.parse(parse(yaml) ?? {}));
const routes = (yaml: string) => resolve(`routes: [${yaml}]`).routes;
const OWN = { service: "api", namespace: "shop" };

test("a service that writes no routes answers all requests itself", () => {
  expect(resolve("{}").routes).toEqual([
    { match: { kind: "any" }, headers: {}, action: { kind: "forward", to: [OWN] } },
  ]);
});

test.each([
  ["any path", "{}", { kind: "any" }],
  ["a prefix", "{ prefix: /api }", { kind: "prefix", prefix: "/api" }],
  ["a whole path", "{ path: /login }", { kind: "path", path: "/login" }],
  ["a gRPC service", "{ grpc: { service: shop.Cart } }", { kind: "grpc-service", service: "shop.Cart" }],
  [
    "a gRPC method",
    "{ grpc: { service: shop.Cart, method: Add } }",
    { kind: "grpc-method", service: "shop.Cart", method: "Add" },
  ],
])("a route is for %s", (_name, yaml, match) => {
  expect(routes(yaml)).toMatchObject([{ match }]);
});

test("a header is a text, its start or a pattern", () => {
  expect(
    routes("{ headers: { a: one, b: { exact: two }, c: { prefix: t }, d: { regex: 't.*' } } }"),
  ).toMatchObject([
    {
      headers: {
        a: { kind: "exact", value: "one" },
        b: { kind: "exact", value: "two" },
        c: { kind: "prefix", value: "t" },
        d: { kind: "regex", value: "t.*" },
      },
    },
  ]);
});

test("a route either redirects or forwards, and only a forwarding one has backends", () => {
  expect(
    routes("{ prefix: /old, redirect: { path: /new } }, { prefix: /api, rewrite: /, timeout: 5s }"),
  ).toEqual([
    {
      match: { kind: "prefix", prefix: "/old" },
      headers: {},
      action: { kind: "redirect", path: "/new", status: 302 },
    },
    {
      match: { kind: "prefix", prefix: "/api" },
      headers: {},
      action: { kind: "forward", to: [OWN], rewrite: { prefix: "/api", to: "/" }, timeout: "5s" },
    },
  ]);
});

test("a backend that names neither service nor namespace is the service itself", () => {
  expect(
    routes("{ to: [{ subset: v2, weight: 10 }, { service: web, namespace: front, weight: 90 }] }"),
  ).toMatchObject([
    {
      action: {
        to: [
          { ...OWN, subset: "v2", weight: 10 },
          { service: "web", namespace: "front", weight: 90 },
        ],
      },
    },
  ]);
});

test("without a gateway, routes hold for callers in the cluster", () => {
  expect(resolve("{}").inCluster).toBe(true);
  expect(resolve("gateway: public").inCluster).toBe(false);
  expect(resolve("{ gateway: public, inCluster: true }").inCluster).toBe(true);
});

test.each([
  ["{}", { kind: "alb", scheme: "internal", healthCheck: { intervalSeconds: 15 } }],
  ["ingress: { class: alb-public, group: shop }", { kind: "alb", scheme: "public", group: "shop" }],
  ["ingress: { class: nginx, tlsSecret: tls }", { kind: "nginx", tlsSecret: "tls" }],
])("the Ingress of %s", (yaml, ingress) => {
  expect(resolve(yaml).ingress).toMatchObject(ingress);
});

test.each([
  ["{}", { kind: "nearest" }],
  ["{ failover: { us-east-1: us-west-2 } }", { kind: "failover", regions: { "us-east-1": "us-west-2" } }],
  [
    "{ distribute: { us-east-1: { us-east-1: 80, us-west-2: 20 } } }",
    { kind: "distribute", shares: { "us-east-1": { "us-east-1": 80, "us-west-2": 20 } } },
  ],
])("the locality %s", (yaml, locality) => {
  expect(resolve(`destination: { locality: ${yaml} }`).destination?.locality).toEqual(locality);
});

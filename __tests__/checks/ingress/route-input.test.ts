import { BY_GATEWAY, GRPC, HTTP, type PLATFORM, said } from "../../support/traffic-problems";

const RETRIES = "routes: [{ retries: {} }]";

test.each<[string, keyof typeof PLATFORM, string, string, string?, string?]>([
  [
    "retries of the Gateway API",
    "gateway-api",
    RETRIES,
    "traffic.routes[0].retries  are experimental in the Gateway API, and not all implementations support them; write traffic.api: istio, or remove it",
  ],
  [
    "retries of an ALB",
    "alb",
    `hosts: [a.example.com], ${RETRIES}`,
    "traffic.routes[0].retries  can't be expressed by an Ingress; write traffic.api: istio, or remove it",
  ],
  [
    "time in a GRPCRoute",
    "gateway-api",
    `${BY_GATEWAY}, routes: [{ timeout: 1s }]`,
    "traffic.routes[0].timeout: 1s  does not exist in a GRPCRoute, where callers set deadlines; remove it",
    GRPC,
  ],
  [
    "a path in a GRPCRoute",
    "gateway-api",
    `${BY_GATEWAY}, routes: [{ prefix: /a }]`,
    "traffic.routes[0].prefix: /a  does not exist in a GRPCRoute, and the port speaks gRPC; write grpc: { service, method }, or protocol: http",
    GRPC,
  ],
  [
    "patterns of an ALB",
    "alb",
    "hosts: [a.example.com], routes: [{ headers: { x-a: { regex: 'a.b' } } }]",
    "traffic.routes[0].headers  have a prefix or a regex, and an ALB compares whole values; write { exact }, or another traffic.api",
  ],
  [
    "wildcards of an ALB",
    "alb",
    "hosts: [a.example.com], routes: [{ headers: { x-a: 'a*' } }]",
    "traffic.routes[0].headers  have * or ?, which an ALB reads as wildcards; write another value",
  ],
  [
    "another path by an ALB",
    "alb",
    "hosts: [a.example.com], routes: [{ prefix: /a, rewrite: / }]",
    "traffic.routes[0].rewrite: /  is not supported here for an Ingress; serve the path as it is, or write another traffic.api",
  ],
  [
    "HTTP and gRPC under one name",
    "gateway-api",
    `${BY_GATEWAY}, routes: [{ grpc: { service: a.B } }, {}]`,
    "traffic.routes  have HTTP and gRPC under the same names, and the Gateway API gives a host name to one kind of route; make two services, each with its hosts",
    "ports: { http: { port: 80, targetPort: 8080, protocol: http }, grpc: { port: 50051, protocol: grpc } }",
  ],
  [
    "HTTP and gRPC by an ALB",
    "alb",
    "hosts: [a.example.com], routes: [{ grpc: { service: a.B } }, {}]",
    "traffic.routes  have HTTP and gRPC, and an Ingress speaks one of them to its pods; make two services",
    "ports: { http: { port: 80, targetPort: 8080, protocol: http }, grpc: { port: 50051, protocol: grpc } }",
  ],
  [
    "a port that nobody knows",
    "istio",
    "routes: [{ to: [{ service: other }] }]",
    "traffic.routes[0].to[0]  leads to other in shop, which is not in workloads, so its ports are not known; write port",
  ],
  [
    "a port that is none",
    "istio",
    "routes: [{ to: [{ port: 81 }] }]",
    "traffic.routes[0].to[0].port: 81  is not a port of api for requests; it has 80",
  ],
  [
    "a subset that is none",
    "istio",
    "routes: [{ to: [{ subset: v3 }] }]",
    "traffic.routes[0].to[0].subset: v3  is not a subset of api; it has none: write workloads.api.traffic.subsets",
  ],
  [
    "another namespace by an ALB",
    "alb",
    "hosts: [a.example.com], routes: [{ to: [{ service: x, namespace: y, port: 80 }] }]",
    "traffic.routes[0].to[0].namespace: y  is another namespace, and an Ingress leads only to services of its own, shop; remove it",
  ],
  [
    "the internet without leave",
    "alb",
    "hosts: [a.example.com], ingress: { class: alb-public }",
    "traffic.ingress.class: alb-public  faces the internet, which namespace shop may not; write alb, or add the namespace to ingress.loadBalancers.publicNamespaces",
  ],
  [
    "an ALB without a certificate",
    "alb",
    "",
    "traffic.hosts  are what a certificate is found by; write hosts: [<name>], or ingress.certificateArns",
  ],
  [
    "a secret for an ALB",
    "alb",
    "hosts: [a.example.com], ingress: { tlsSecret: x }",
    "traffic.ingress.tlsSecret: x  works with class nginx only: an ALB takes certificates of ACM; write certificateArns",
  ],
  [
    "ingress-nginx that nobody asked for",
    "alb",
    "hosts: [a.example.com], ingress: { class: nginx, tlsSecret: x }",
    "traffic.ingress.class: nginx  has been retired since March 2026; write alb, or ingress.nginx: { reason } in the target",
  ],
  [
    "headers of ingress-nginx",
    "nginx",
    "hosts: [a.example.com], ingress: { class: nginx, tlsSecret: x }, routes: [{ headers: { a: b } }]",
    "traffic.routes[0].headers  are not supported for class nginx, which is retired; write class alb",
  ],
  [
    "a health check of ingress-nginx",
    "nginx",
    "hosts: [a.example.com], ingress: { class: nginx, tlsSecret: x, healthCheck: { path: /up } }",
    "traffic.ingress.healthCheck  works with an ALB only: class nginx goes by the pods' own probes; remove it",
  ],
  [
    "shares of ingress-nginx",
    "nginx",
    "hosts: [a.example.com], ingress: { class: nginx, tlsSecret: x }, routes: [{ to: [{ weight: 90 }, { service: b, port: 80, weight: 10 }] }]",
    "traffic.routes[0].to  has shares or a version, which are not supported for class nginx, which is retired; write class alb",
  ],
  [
    "versions of ingress-nginx",
    "nginx",
    "hosts: [a.example.com], ingress: { class: nginx, tlsSecret: x }, subsets: { a: { tier: a } }, routes: [{ to: [{ subset: a }] }]",
    "traffic.routes[0].to  has shares or a version, which are not supported for class nginx, which is retired; write class alb",
  ],
  [
    "a split by ingress-nginx",
    "nginx",
    "hosts: [a.example.com], ingress: { class: nginx, tlsSecret: x }, subsets: { a: { tier: a } }, split: { a: 100 }",
    "traffic.split  is not supported for class nginx, which is retired; write class alb",
  ],
  [
    "rollouts by ingress-nginx",
    "nginx",
    "hosts: [a.example.com], ingress: { class: nginx, tlsSecret: x }",
    "traffic.ingress.class: nginx  is retired, and rollouts are not supported for it; write class alb",
    HTTP,
    ", controller: rollout",
  ],
  [
    "rollouts by header of an ALB",
    "alb",
    "hosts: [a.example.com], routes: [{ headers: { a: b } }]",
    "traffic.routes[0]  has headers, method or to, and Argo Rollouts writes one action for a whole Ingress; write only paths",
    HTTP,
    ", controller: rollout",
  ],
  [
    "a path with a pattern",
    "istio",
    "routes: [{ prefix: '/a*' }]",
    "traffic.routes[0].prefix: /a*  is not a path; write for example /api, without * and ?",
  ],
  [
    "shares that are not all",
    "istio",
    "routes: [{ to: [{ weight: 90 }, { service: b, port: 80, weight: 5 }] }]",
    "traffic.routes[0]  has weights that do not add up to 100; change them",
  ],
  [
    "a redirect to itself",
    "istio",
    "routes: [{ redirect: {} }]",
    "traffic.routes[0].redirect  leads back to itself; write scheme, host or path",
  ],
  // Neither API takes redirect and rewrite (Istio, HTTPRewrite; Gateway API, HTTPURLRewriteFilter).
  ...["rewrite: /new", "timeout: 5s", "retries: {}"].map((key): [string, "istio", string, string] => [
    `a redirect with ${key}`,
    "istio",
    `routes: [{ prefix: /old, redirect: { path: /new }, ${key} }]`,
    "traffic.routes[0]  has redirect, which no backend answers; remove rewrite, timeout and retries",
  ]),
  [
    "two ways to fail over",
    "istio",
    "destination: { locality: { failover: { us-east-1: us-west-2 }, distribute: { us-east-1: { us-east-1: 100 } } } }",
    "traffic.destination.locality  has both failover and distribute, of which Istio takes one; remove the other",
  ],
])("refuses %s", (_name, platform, traffic, expected, ...more) => {
  expect(said(platform, traffic, ...more)).toEqual([expected]);
});

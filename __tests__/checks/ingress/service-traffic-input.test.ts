import { NETWORK, problemsIn } from "../../support/problems";
import { BY_GATEWAY, GRPC, HTTP, type PLATFORM, said } from "../../support/traffic-problems";

test.each<[string, keyof typeof PLATFORM, string, string?, string?]>([
  ["all requests, in the mesh", "istio", ""],
  ["a gateway", "istio", BY_GATEWAY],
  ["retries and time", "istio", "routes: [{ timeout: 5s, retries: {} }]"],
  ["gRPC", "gateway-api", `${BY_GATEWAY}, routes: [{ grpc: { service: a.B } }]`, GRPC],
  ["a gateway in ambient mode", "ambient", BY_GATEWAY],
  ["Cilium's routes in the cluster", "cilium", ""],
  ["an ALB", "alb", "hosts: [api.example.com]"],
  ["ingress-nginx", "nginx", "hosts: [api.example.com], ingress: { class: nginx, tlsSecret: api }"],
  ["a rollout", "istio", "canary: {}", HTTP, ", controller: rollout"],
  ["a rollout by an ALB", "alb", "hosts: [api.example.com]", HTTP, ", controller: rollout"],
])("%s has no problem", (_name, platform, traffic, ...more) => {
  expect(said(platform, traffic, ...more)).toEqual([]);
});

test.each<[string, keyof typeof PLATFORM, string, string, string?, string?]>([
  [
    "routes without an API",
    "none",
    "",
    "traffic  needs an API for routes; write traffic: { api: istio }, gateway-api or alb-ingress in the target",
  ],
  [
    "requests to TCP",
    "istio",
    "routes: [{ prefix: /api }]",
    "traffic.routes  are for requests, and all ports are TCP; remove them: shares are in split",
    "ports: { tcp: { port: 5432, protocol: tcp } }",
  ],
  [
    "a gateway that is none",
    "istio",
    "gateway: front, hosts: [api.example.com]",
    "traffic.gateway: front  is not a gateway of the target; traffic.gateways has edge",
  ],
  [
    "a gateway without names",
    "istio",
    "gateway: edge",
    "traffic.gateway: edge  leads to services by names; write hosts: [<name>]",
  ],
  [
    "names without a gateway",
    "istio",
    "hosts: [api.example.com]",
    "traffic.hosts  are reached by a gateway; write gateway: <one of traffic.gateways>",
  ],
  [
    "a name of another",
    "istio",
    "gateway: edge, hosts: [api.example.org]",
    "traffic.hosts[0]: api.example.org  is not a host of edge, which answers to *.example.com; write one of them, or add it there",
  ],
  [
    "callers in the cluster in ambient mode",
    "ambient",
    "",
    "traffic  has routes for callers in the cluster, which a waypoint would have to carry out in ambient mode, and they are not written for one; write gateway and hosts, or mesh.kind: istio",
  ],
  [
    "routes for nobody",
    "istio",
    "inCluster: false",
    "traffic.inCluster: false  leaves the routes without a caller; write gateway, or remove it",
  ],
  [
    "a gateway before an ALB",
    "alb",
    "gateway: edge, hosts: [api.example.com]",
    "traffic.gateway: edge  belongs to Istio and the Gateway API: an Ingress has no gateway; remove it",
  ],
  [
    "callers in the cluster by an ALB",
    "alb",
    "inCluster: true, hosts: [api.example.com]",
    "traffic.inCluster: true  has no effect with an ALB, which callers in the cluster don't pass; remove it",
  ],
  [
    "an Ingress beside Istio",
    "istio",
    "ingress: { group: edge }",
    "traffic.ingress  has no effect without traffic.api: alb-ingress; remove it: an ALB and its web ACL are in front of the mesh's gateway by mesh.ingressGateways: { <name>: { loadBalancer: alb } }",
  ],
  [
    "a share of nothing",
    "istio",
    "split: { v1: 100 }",
    "traffic.split.v1: 100  is not a subset; write subsets.v1: { <label>: <value> }",
  ],
  [
    "a split that Argo Rollouts moves",
    "istio",
    "split: { stable: 90, canary: 10 }",
    "traffic.split  is what Argo Rollouts does with controller: rollout; remove it",
    HTTP,
    ", controller: rollout",
  ],
  [
    "a subset without pods",
    "istio",
    "subsets: { v2: { version: v2 } }",
    "traffic.subsets.v2  has no pods: version v2 runs nowhere, and api has none; add a workload with app: api and version: v2",
  ],
  [
    "steps without a rollout",
    "istio",
    "canary: {}",
    "traffic.canary  works with controller: rollout only; write that, or split",
  ],
  [
    "a subset that Argo Rollouts makes",
    "istio",
    "subsets: { canary: { a: b } }",
    "traffic.subsets.canary  is created with controller: rollout; remove it",
    HTTP,
    ", controller: rollout",
  ],
  [
    "outliers without Istio",
    "cilium",
    "destination: { outliers: {} }",
    "traffic.destination  is carried out by Istio's proxies, and this target's routes don't pass any; write traffic.api: istio and mesh, or remove it",
  ],
])("refuses %s", (_name, platform, traffic, expected, ...more) => {
  expect(said(platform, traffic, ...more)).toEqual([expected]);
});

describe("a load balancer", () => {
  const meshLine =
    "traffic  leads to pods that are in the mesh, which takes only mutual TLS, and the load balancer has no identity in it; write traffic.api: istio, or take namespace shop out of the mesh";
  const problems = (labels: string, mesh: string) =>
    problemsIn(`${NETWORK}namespaces: { shop: { labels: { ${labels} } } }
mesh: { id: a, trustDomain: a.b, ${mesh} }
ingress: {}
traffic: { api: alb-ingress }
workloads:
  api: { namespace: shop, image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:1.0.0', resources: { cpus: 0.25, memoryMiB: 256 }, ${HTTP}, traffic: { hosts: [api.example.com] } }
`).map((each) => each.replace(/^\S+  workloads\.api\./, ""));

  test.each([
    ["sidecars", "istio-injection: enabled", "kind: istio"],
    ["sidecars of the canary", "istio.io/rev: canary", "kind: istio"],
    ["the ambient mesh", "istio.io/dataplane-mode: ambient", "kind: istio-ambient"],
  ])("does not reach pods with %s, which take only mutual TLS", (_name, labels, mesh) => {
    expect(problems(labels, mesh)).toEqual([meshLine]);
  });

  test("does not reach pods that a mesh closes by default, whose rules name identities", () => {
    expect(
      problems("istio-injection: enabled", "kind: istio, mtls: { mode: permissive, reason: a migration }"),
    ).toEqual([meshLine.replace("takes only mutual TLS", "denies by default")]);
  });

  test.each([
    ["are not in the mesh", "team: shop", "kind: istio"],
    ["ask for the other data plane, which is not there", "istio.io/dataplane-mode: ambient", "kind: istio"],
    [
      "take plain requests too, of anybody",
      "istio-injection: enabled",
      "kind: istio, mtls: { mode: permissive, reason: a migration }, defaultDeny: { enabled: false, reason: a migration }",
    ],
  ])("reaches pods that %s", (_name, labels, mesh) => {
    expect(problems(labels, mesh)).toEqual([]);
  });
});

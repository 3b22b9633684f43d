import { NETWORK, problemsIn } from "../support/problems";

const problems = (mesh: string, labels: string) =>
  problemsIn(`${NETWORK}mesh: { ${mesh}, id: a, trustDomain: a.b }
namespaces: { shop: { labels: { ${labels} } } }
ingress: {}
traffic: { api: alb-ingress }
workloads:
  api:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:1.0.0
    resources: { cpus: 0.25, memoryMiB: 256 }
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    traffic: { hosts: [api.example.com] }
`);

// Who is in a mesh refuses a load balancer; __tests__/facts/istio-labels.test.ts has the labels.
test("sidecars beside ambient mode are in the mesh", () => {
  expect(problems("kind: istio-ambient", "istio-injection: enabled")).toEqual([
    expect.stringContaining("leads to pods that are in the mesh, which takes only mutual TLS"),
  ]);
});

test("a namespace that keeps sidecars out is not in the mesh, whatever revision it names", () => {
  expect(problems("kind: istio", "istio-injection: disabled, istio.io/rev: canary")).toEqual([]);
});

// Rules of services in a mesh name identities: who has none is refused, whatever network policies let through.
describe("callers without an identity in the mesh", () => {
  const service = (name: string, namespace: string, more = "") =>
    `  ${name}: { namespace: ${namespace}, image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/${name}:1.0.0', resources: { cpus: 0.25, memoryMiB: 256 }, ports: { http: { port: 8080, protocol: http } }${more} }\n`;
  const said = (workloads: string, mesh = "") =>
    problemsIn(`${NETWORK}mesh: { kind: istio, id: a, trustDomain: a.b${mesh} }
namespaces:
  shop: { labels: { istio-injection: enabled }, allow: [{ from: { namespace: edge, port: 8080 } }] }
  edge: { allow: [{ to: { namespace: shop, port: 8080 } }] }
ingress: {}
workloads:
${workloads}`).map((each) => each.replace(/^\S+  workloads\./, ""));
  const PERMISSIVE = ", mtls: { mode: permissive, reason: a migration }";
  const OPEN = `${PERMISSIVE}, defaultDeny: { enabled: false, reason: a migration }`;

  test.each([
    [
      "a range",
      service("api", "shop", ", callers: [{ cidr: 10.9.0.0/16 }]"),
      "api.callers[0].cidr: 10.9.0.0/16  has no identity in the mesh, which takes only mutual TLS; remove it, or take namespace shop out of the mesh",
    ],
    [
      "a load balancer",
      service("api", "shop", ", callers: [{ loadBalancer: internal }]"),
      "api.callers[0].loadBalancer: internal  has no identity in the mesh, which takes only mutual TLS; remove it, or take namespace shop out of the mesh",
    ],
    [
      "a namespace",
      service("api", "shop", ", callers: [{ namespace: edge }]"),
      "api.callers[0].namespace: edge  can't be: the mesh takes only mutual TLS, and namespace edge has no identity in it; give it the mesh's label, or take namespace shop out of the mesh",
    ],
    [
      "a service",
      service("api", "shop") + service("front", "edge", ", dependencies: [{ workload: api }]"),
      "front.dependencies[0].workload: api  can't be: the mesh takes only mutual TLS, and namespace edge has no identity in it; give it the mesh's label, or take namespace shop out of the mesh",
    ],
  ])("are refused: %s", (_what, workloads, problem) => {
    expect(said(workloads)).toEqual([problem]);
    expect(said(workloads, PERMISSIVE)).toEqual([
      problem.replace("takes only mutual TLS", "denies by default"),
    ]);
    expect(said(workloads, OPEN)).toEqual([]);
  });

  test("are not those of the mesh", () => {
    const inShop = service("front", "shop", ", dependencies: [{ workload: api }]");

    expect(said(service("api", "shop") + inShop)).toEqual([]);
  });
});

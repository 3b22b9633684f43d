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

import { NETWORK, problemsIn } from "../../support/problems";

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
  const MESH = "kind: istio, id: a, trustDomain: a.b";
  const TO_SHOP = "{ to: { namespace: shop, port: 8080 } }";
  const said = (shop: string, edge: string, workloads: string, mesh = "") =>
    problemsIn(`${NETWORK}mesh: { ${MESH}${mesh} }
namespaces:
  shop: { labels: { istio-injection: enabled }, allow: [${shop}] }
  edge: { allow: [${edge}] }
ingress: {}
workloads:
${workloads || service("alone", "edge")}`).map((each) => each.replace(/^\S+  (workloads|namespaces)\./, ""));
  const PERMISSIVE = ", mtls: { mode: permissive, reason: a migration }";
  const OPEN = `${PERMISSIVE}, defaultDeny: { enabled: false, reason: a migration }`;
  const NO_IDENTITY =
    "can't be: the mesh takes only mutual TLS, and namespace edge has no identity in it; give it the mesh's label, or take namespace shop out of the mesh";

  test.each([
    [
      "a namespace, for a service",
      "",
      TO_SHOP,
      service("api", "shop", ", callers: [{ namespace: edge }]"),
      `api.callers[0].namespace: edge  ${NO_IDENTITY}`,
    ],
    [
      "a service",
      "",
      "",
      service("api", "shop") + service("front", "edge", ", dependencies: [{ workload: api }]"),
      `front.dependencies[0].workload: api  ${NO_IDENTITY}`,
    ],
    [
      "a namespace, for another",
      "{ from: { namespace: edge, port: 8080 } }",
      TO_SHOP,
      "",
      `shop.allow[0].from.namespace: edge  ${NO_IDENTITY}`,
    ],
    [
      "a namespace of the platform",
      "{ from: { namespace: argocd, port: 8080 } }",
      "",
      "",
      "shop.allow[0].from.namespace: argocd  can't be: the mesh takes only mutual TLS, and namespace argocd has no identity in it; remove it, or take namespace shop out of the mesh",
    ],
  ])("are refused: %s", (_what, shop, edge, workloads, problem) => {
    expect(said(shop, edge, workloads)).toEqual([problem]);
    expect(said(shop, edge, workloads, PERMISSIVE)).toEqual([
      problem.replace("takes only mutual TLS", "denies by default"),
    ]);
    expect(said(shop, edge, workloads, OPEN)).toEqual([]);
  });

  const TAKES_PLAIN_TEXT =
    "has no identity in the mesh, which takes only mutual TLS: the port would take plain text, too; add a reason, or lead callers by mesh.ingressGateway";

  // For a namespace and for a service the same.
  test.each([
    ["cidr: 10.9.0.0/16", "cidr: 10.9.0.0/16"],
    ["loadBalancer: internal", "loadBalancer: internal"],
  ])("take a reason, since their port takes plain text: %s", (caller, value) => {
    const allow = (more = "") => `{ pods: { app: web }, from: { ${caller}, port: 8443 }${more} }`;
    const called = (more = "") => service("api", "shop", `, callers: [{ ${caller}${more} }]`);
    const WHY = ", reason: clients end TLS in the pods";

    expect(said(allow(), "", "")).toEqual([`shop.allow[0].from.${value}  ${TAKES_PLAIN_TEXT}`]);
    expect(said("", "", called())).toEqual([`api.callers[0].${value}  ${TAKES_PLAIN_TEXT}`]);
    expect([...said(allow(WHY), "", ""), ...said("", "", called(WHY))]).toEqual([]);
    expect([...said(allow(), "", "", PERMISSIVE), ...said("", "", called(), PERMISSIVE)]).toEqual([]);
  });

  test("name the pods, of which each has one object of Istio's for its ports", () => {
    const from = "from: { loadBalancer: internal, port: 8443 }, reason: clients end TLS in the pods";
    const pods = (labels: string) => `{ pods: { ${labels} }, ${from} }`;

    expect(said(`{ ${from} }`, "", "")).toEqual([
      "shop.allow[0]  would let plain text into every pod of a namespace whose mesh takes only mutual TLS; write pods: { <label>: <value> }",
    ]);
    expect(said(`${pods("app: web")}, ${pods("app: api")}`, "", "")).toEqual([]);
    expect(said(`${pods("app: web")}, ${pods("tier: front")}`, "", "")).toEqual([
      expect.stringContaining("shop.allow[0].pods: app: web  may select the same pods as tier: front"),
      expect.stringContaining("shop.allow[1].pods: tier: front  may select the same pods as app: web"),
    ]);
    expect(
      said(
        pods("app: api"),
        "",
        service("api", "shop", ", callers: [{ cidr: 10.9.0.0/16, reason: a partner's probes }]"),
      ),
    ).toEqual([
      expect.stringContaining(
        "are pods of service api, which has such callers of its own; write it at workloads.api.callers",
      ),
    ]);
  });

  test("are refused in mesh.allow too, as are namespaces that are not there", () => {
    const allow = (namespace: string, from: string, mesh = "") =>
      said("", "", "", `, allow: { a: { namespace: ${namespace}, from: [${from}] } }${mesh}`);
    const at = expect.stringContaining(`mesh.allow.a.from[1]: edge  ${NO_IDENTITY}`) as string;
    const isUnknown = (path: string) =>
      expect.stringContaining(`mesh.allow.a.${path}  is not declared; write it under namespaces`) as string;

    expect(allow("shop", "istio-ingress, edge")).toEqual([at]);
    expect(allow("edge", "shop")).toEqual([]);
    expect(allow("shop", "shopp")).toEqual([isUnknown("from[0]: shopp")]);
    expect(allow("shopp", "shop")).toEqual([isUnknown("namespace: shopp")]);
  });

  test("are not those of the mesh, its gateways among them", () => {
    const inShop = service("front", "shop", ", dependencies: [{ workload: api }]");
    const byGateway = service("api", "shop", ", callers: [{ namespace: istio-ingress }]");

    expect(said("", "", service("api", "shop") + inShop)).toEqual([]);
    expect(said("", "", byGateway, ", ingressGateway: {}")).toEqual([]);
  });
});

test("an open network in a mesh still has calls to declare: who may call, and whom sidecars know", () => {
  const text = (mesh: string) => `${NETWORK}${mesh}ingress: {}
policies: { defaultDeny: { enabled: false, reason: a migration } }
namespaces:
  shop: { labels: { istio-injection: enabled }, allow: [{ from: { namespace: edge, port: 8080 } }, { to: { cidr: 10.9.0.0/24, port: 1 } }] }
  edge: { labels: { istio-injection: enabled } }
`;

  expect(problemsIn(text("mesh: { kind: istio, id: a, trustDomain: a.b }\n"))).toEqual([]);
  expect(problemsIn(text(""))).toEqual([expect.stringContaining("allows what nothing denies")]);
});

import { NETWORK, problemsIn, problemsOf, ENVIRONMENT } from "../../support/problems";

const MESH = "mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }\ningress: {}\n";
const GATEWAY = "hosts: [example.com], namespaces: [shop]";
const TLS = "tls: { secret: edge }";
const istio = (gateway = `{ ${GATEWAY}, ${TLS} }`) =>
  `traffic: { api: istio, gateways: { edge: ${gateway} } }\n`;
const api = (implementation: string, gateway = `{ ${GATEWAY}, ${TLS} }`) =>
  `traffic: { api: gateway-api, implementation: ${implementation}, gateways: { edge: ${gateway} } }\n`;
/** What a problem says, without its place. The definitions are no file of these tests. */
const said = (text: string) =>
  problemsIn(`${NETWORK}${text}`)
    .map((line) => line.replace(/^\S+  /, ""))
    .filter((line) => !line.includes("npx octarine vendor gateway-api"));

test.each([
  ["Istio's API", `${MESH}${istio()}`],
  [
    "Istio's API without gateways",
    "mesh: { kind: istio, id: a, trustDomain: a.b }\ntraffic: { api: istio }\n",
  ],
  ["the Gateway API by Istio", `${MESH}${api("istio")}`],
  [
    "the Gateway API by Cilium",
    `ingress: { loadBalancers: { publicNamespaces: [gateways] } }\ncni: { kind: cilium-eni, gatewayApi: { enabled: true } }\n${api("cilium", `{ ${GATEWAY}, ${TLS}, scheme: public }`)}`,
  ],
  ["an Ingress", "ingress: {}\ntraffic: { api: alb-ingress }\n"],
  [
    "cert-manager",
    `${MESH.replace("ingress: {}", "ingress: { dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }, certificates: { email: a@example.com } }")}${istio(`{ ${GATEWAY}, tls: { secret: edge, certManager: true } }`)}`,
  ],
])("%s has no problem", (_name, yaml) => {
  expect(said(yaml)).toEqual([]);
});

test.each<[string, string, string]>([
  [
    "App Mesh",
    "traffic: { api: app-mesh }\n",
    "traffic.api: app-mesh  is AWS App Mesh, which AWS ended on 2026-09-30; write api: istio and mesh: { kind: istio, ... }",
  ],
  [
    "App Mesh by its API group",
    "traffic: { api: appmesh.k8s.aws }\n",
    "traffic.api: appmesh.k8s.aws  is AWS App Mesh, which AWS ended on 2026-09-30; write api: istio and mesh: { kind: istio, ... }",
  ],
  [
    "the old controller's name",
    "traffic: { api: aws-alb-ingress-controller }\n",
    "traffic.api: aws-alb-ingress-controller  is the AWS Load Balancer Controller since its version 2; write api: alb-ingress",
  ],
  [
    "ingress-nginx as the API",
    "traffic: { api: nginx }\n",
    "traffic.api: nginx  has been retired since March 2026; write api: gateway-api, or traffic.ingress.class: nginx of a service with ingress.nginx: { reason }",
  ],
  [
    "an API that is none",
    "traffic: { api: traefik }\n",
    "traffic.api: traefik  must be one of istio, gateway-api, alb-ingress",
  ],
  [
    "a controller that never was",
    api("eks.amazonaws.com/gateway-controller"),
    "traffic.implementation: eks.amazonaws.com/gateway-controller  is not a controller of the Gateway API; AWS's is gateway.k8s.aws/alb: write implementation: aws",
  ],
  [
    "App Mesh as implementation",
    api("appmesh"),
    "traffic.implementation: appmesh  is AWS App Mesh, which AWS ended on 2026-09-30; write implementation: istio",
  ],
  [
    "an implementation that is none",
    api("kong"),
    "traffic.implementation: kong  is not an implementation; write istio, cilium or aws",
  ],
  [
    "AWS's gateways with a bundle that they do not take",
    `ingress: {}\n${api("aws", `{ ${GATEWAY} }`)}`,
    "traffic.implementation: aws  can't be: gateways of the AWS Load Balancer Controller 3.5 need the Gateway API bundle v1.6, which Cilium and Istio of this release do not support (kubernetes-sigs/aws-load-balancer-controller v3.5.0, go.mod: gateway-api v1.6.0, 2026-08); use Istio's or Cilium's gateway, or an ALB by Ingress",
  ],
  [
    "Istio's API without Istio",
    istio(),
    "traffic.api: istio  needs Istio; write mesh: { kind: istio, id, trustDomain } too",
  ],
  [
    "gateways without their proxies",
    `mesh: { kind: istio, id: a, trustDomain: a.b }\n${istio()}`,
    "traffic.gateways  are carried out by Istio's ingress gateway, and there is none; write mesh.ingressGateway: {} too",
  ],
  [
    "Cilium's gateways that are off",
    `ingress: {}\n${api("cilium")}`,
    "traffic.implementation: cilium  needs Cilium's gateways; write cni.gatewayApi: { enabled: true } too",
  ],
  [
    "Cilium's gateways behind the VPC CNI",
    `ingress: {}\ncni: { kind: cilium-chaining }\n${api("cilium")}`,
    "traffic.implementation: cilium  is not possible with cni.kind cilium-chaining: Cilium has gateways only where it takes kube-proxy's place; write istio, or cni.kind: cilium-eni",
  ],
  [
    "an Ingress without its controller",
    "traffic: { api: alb-ingress }\n",
    "traffic.api: alb-ingress  needs the AWS Load Balancer Controller, which makes the load balancers; write ingress: {} too",
  ],
  [
    "one name for two gateways",
    `${MESH}traffic: { api: istio, gateways: { a: { ${GATEWAY}, ${TLS} }, b: { ${GATEWAY}, ${TLS} } } }\n`,
    "traffic.gateways.b.hosts[0]: example.com  is also a name of a, and a request has one way in; write it in one of them",
  ],
  [
    "clear text without a reason",
    `${MESH}${istio(`{ ${GATEWAY}, tls: { none: true } }`)}`,
    "traffic.gateways.edge.tls  must be { secret }, { passthrough: true } or { none: true, reason }",
  ],
  [
    "a gateway that says nothing of TLS",
    `${MESH}${api("istio", `{ ${GATEWAY} }`)}`,
    "traffic.gateways.edge  has no tls; write tls: { secret: <name> }, or { none: true, reason }",
  ],
  [
    "a certificate that nobody makes",
    `${MESH}${istio(`{ ${GATEWAY}, tls: { secret: edge, certManager: true } }`)}`,
    "traffic.gateways.edge.tls.certManager: true  needs cert-manager; write ingress.certificates: { email } too, or remove it",
  ],
  [
    "a gateway of Cilium that faces the internet, which nobody allowed",
    `ingress: {}\ncni: { kind: cilium-eni, gatewayApi: { enabled: true } }\n${api("cilium", `{ ${GATEWAY}, ${TLS}, scheme: public }`)}`,
    "traffic.gateways.edge.scheme: public  faces the internet, which namespace gateways may not; write internal, or add the namespace to ingress.loadBalancers.publicNamespaces",
  ],
  [
    "a load balancer of its own with Istio",
    `${MESH}${api("istio", `{ ${GATEWAY}, ${TLS}, scheme: public }`)}`,
    "traffic.gateways.edge.scheme: public  does not apply to this gateway: its load balancer is that of mesh.ingressGateway or of mesh.ingressGateways, where its scheme is; remove it",
  ],
])("refuses %s", (_name, yaml, expected) => {
  expect(said(yaml)).toEqual([expected]);
});

describe("one API in all targets", () => {
  const files = (second: string, rest = "") => ({
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": `${NETWORK}ingress: {}\ntraffic: { api: alb-ingress }\n`,
    "dev/us-west-2.yaml": `${NETWORK.replaceAll("us-east-1", "us-west-2").replace("10.0.", "10.1.")}${MESH}traffic: { api: ${second} }\n${rest}`,
  });
  const waiver =
    "waivers: [{ rule: TRAFFIC-ONE-API, at: traffic.api, reason: 'moving to Istio, NET-7', owner: edge, expires: 2030-01-31 }]\n";

  test("another is refused, unless a waiver lets it through while they move", () => {
    expect(problemsOf(files("istio")).map((line) => line.replace(/^\S+  /, ""))).toEqual([
      "traffic.api: istio  is alb-ingress in dev/us-east-1, and all targets have the same; write that, or waive TRAFFIC-ONE-API while they move",
    ]);
    expect(problemsOf(files("istio", waiver))).toEqual([]);
    expect(problemsOf(files("alb-ingress"))).toEqual([]);
  });
});

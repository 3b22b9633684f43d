import { NETWORK, problemsIn } from "../../support/problems";

const said = (text: string) => problemsIn(`${NETWORK}${text}`).map((line) => line.replace(/^\S+ {2}/, ""));
const DNS = "dns: { zones: { example.com: Z0123456789ABC } }";

// kubernetes-sigs/external-dns v0.21.0, plan/conflict.go: of two sources of a name one is taken.
describe("a name that leads to two load balancers", () => {
  const service = (name: string, host: string, more = "") =>
    `  ${name}: { namespace: shop, image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/${name}:1.0.0', resources: { cpus: 0.25, memoryMiB: 256 }, ports: { http: { port: 8080, protocol: http } }, traffic: { hosts: [${host}]${more} } }\n`;
  const two = (host: string, [a, b]: readonly [string, string], dns = DNS) =>
    said(`ingress: { ${dns} }
traffic: { api: alb-ingress }
namespaces: { shop: {} }
policies: { loadBalancerAnnotations: [alb.ingress.kubernetes.io/group.name] }
workloads:
${service("api", "www.example.com", a)}${service("web", host, b)}`);
  const group = (name: string) => `, ingress: { group: ${name} }`;

  test("is refused for services, but where they share one", () => {
    expect(two("www.example.com", ["", ""])).toEqual([
      "workloads.web.traffic.hosts[0]: www.example.com  is also a name of service api, behind another load balancer, and a name has one record; write the same ingress.group for both, or another name",
    ]);
    expect(two("www.example.com", [group("a"), group("b")])).toHaveLength(1);
    expect(two("www.example.com", [group("a"), group("a")])).toEqual([]);
    expect(two("shop.example.com", ["", ""])).toEqual([]);
  });

  test("is not checked where the platform makes no record of it", () => {
    expect(two("www.example.com", ["", ""], "loadBalancers: {}")).toEqual([]);
  });

  test("is refused for Argo CD and a gateway that does not take its namespace", () => {
    const argoCd = (namespaces: string) =>
      said(`ingress: { ${DNS} }
mesh: { kind: istio, id: a, trustDomain: a.b, ingressGateway: {} }
namespaces: { shop: { labels: { istio-injection: enabled } } }
traffic: { api: istio, gateways: { main: { hosts: [argocd.example.com], namespaces: [${namespaces}], tls: { secret: a } } } }
gitops: { repo: { url: "https://git.example.com/fleet.git" }, argocd: { host: argocd.example.com } }
`);

    expect(argoCd("shop")).toEqual([
      "gitops.argocd.host: argocd.example.com  is also a name of gateway main, behind another load balancer, and a name has one record; add namespace argocd to the gateway's namespaces, write the same group for both, or another name",
    ]);
    expect(argoCd("shop, argocd")).toEqual([]);
  });
});

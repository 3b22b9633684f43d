import { checkTarget } from "../support/argo-cd";
import { releaseValues, resourcesOf, synthYaml } from "../support/synth";

const HOST = "argocd.corp.example";
const gitops = (argocd: string) =>
  `gitops: { repo: { url: "https://git.corp/fleet.git" }, argocd: { ${argocd} } }\n`;
const MESH = "mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }\n";
const GATEWAY = `traffic:
  api: istio
  gateways: { main: { hosts: ["*.corp.example"], namespaces: [argocd], tls: { secret: tls-corp } } }
`;

interface Objects {
  readonly [key: string]: { readonly kind: string; readonly spec: Record<string, unknown> };
}
const objects = (yaml: string, release: string) =>
  releaseValues(synthYaml(yaml).gitops, release).manifests as Objects;
const route = (yaml: string, stack: "gitops" | "mesh" = "gitops") =>
  releaseValues(synthYaml(yaml)[stack], "argocd-route_helm_release").manifests as Objects;
const policies = (yaml: string) => objects(yaml, "policies-argocd_network-policies-argocd_helm_release");

// Argo CD's server speaks TLS with a certificate of its own on 8080, behind port 443 of its Service (chart argo-cd 10.1).
describe("the host of Argo CD", () => {
  test("leads by an internal load balancer to the server, over TLS all the way", () => {
    expect(route(`${gitops(`host: ${HOST}`)}ingress: {}`).ingress).toMatchObject({
      kind: "Ingress",
      metadata: {
        namespace: "argocd",
        annotations: {
          "alb.ingress.kubernetes.io/scheme": "internal",
          "alb.ingress.kubernetes.io/target-type": "ip",
          "alb.ingress.kubernetes.io/ssl-redirect": "443",
          "alb.ingress.kubernetes.io/backend-protocol": "HTTPS",
        },
      },
      spec: {
        ingressClassName: "alb",
        rules: [
          {
            host: HOST,
            http: { paths: [{ backend: { service: { name: "argocd-server", port: { number: 443 } } } }] },
          },
        ],
      },
    });
  });

  test("leads by a port of the nodes where load balancers reach no pod", () => {
    const yaml = `${gitops(`host: ${HOST}`)}ingress: {}\ncni: { kind: cilium-overlay, podCidr: 100.64.0.0/12 }`;

    expect(route(yaml).ingress).toMatchObject({
      metadata: { annotations: { "alb.ingress.kubernetes.io/target-type": "instance" } },
    });
    expect(releaseValues(synthYaml(yaml).gitops, "argocd_helm_release").server).toMatchObject({
      service: { type: "NodePort" },
    });
  });

  test.each([
    ["istio", "VirtualService"],
    ["gateway-api", "HTTPRoute"],
  ])("leads by Istio's gateway that has it (%s)", (api, kind) => {
    const yaml = `${gitops(`host: ${HOST}`)}ingress: {}\n${MESH}${GATEWAY.replace("api: istio", api === "istio" ? "api: istio" : "api: gateway-api\n  implementation: istio")}`;
    // Without the Gateway API's file in this folder only Istio's own API can be synthesized.
    if (api === "gateway-api") return expect(checkTarget(yaml)).toEqual([]);

    // Istio's kinds come with the mesh.
    expect(route(yaml, "mesh")).toMatchObject({
      route: { kind, spec: { hosts: [HOST], gateways: ["istio-ingress/main"] } },
      "to-server": { spec: { trafficPolicy: { tls: { mode: "SIMPLE" } } } },
    });
  });

  test.each([
    [`host: ${HOST}`, "", "leads nowhere: nothing of the target answers to it"],
    [
      `host: ${HOST}, route: { gateway: main }`,
      `ingress: {}\n${MESH}${GATEWAY.replace("[argocd]", "[web]")}`,
      "takes no routes from namespace argocd",
    ],
    [
      `host: ${HOST}, route: { gateway: main }`,
      `ingress: {}\n${MESH}${GATEWAY.replace("*.corp.example", "other.example")}`,
      `does not answer to ${HOST}`,
    ],
    [`host: ${HOST}, route: { gateway: gone }`, "ingress: {}\n", "which traffic.gateways does not have"],
    [`host: ${HOST}, route: { class: alb-public }`, "ingress: {}\n", "faces the internet"],
    ["route: { class: alb }", "ingress: {}\n", "leads to a host name that is not set"],
  ])("%s is refused where it makes no route", (argocd, more, message) => {
    expect(checkTarget(`${gitops(argocd)}${more}`)).toEqual([expect.stringContaining(message)]);
  });

  test("makes no route only with a reason", () => {
    const yaml = gitops(`host: ${HOST}, route: { none: true, reason: led there by another cluster }`);

    expect(checkTarget(yaml)).toEqual([]);
    expect(JSON.stringify(resourcesOf(synthYaml(yaml).gitops, "helm_release"))).not.toContain("argocd-route");
  });
});

describe("Argo CD's namespace", () => {
  const yaml = `${gitops(`host: ${HOST}`)}ingress: {}`;

  test("is closed to callers but its own pods, Prometheus and the load balancer's subnets", () => {
    const all = policies(yaml);

    expect(all["default-deny-ingress"]?.spec).toMatchObject({ podSelector: {}, policyTypes: ["Ingress"] });
    expect(Object.keys(all).sort()).toEqual([
      "allow-monitoring",
      "allow-same-namespace",
      "allow-users",
      "default-deny-ingress",
    ]);
    expect(all["allow-users"]?.spec).toMatchObject({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "argocd-server" } },
      ingress: [{ ports: [{ port: 8080 }], from: [{ ipBlock: {} }, { ipBlock: {} }, { ipBlock: {} }] }],
    });
  });

  test("lets Istio's gateway in where that leads to it", () => {
    expect(policies(`${yaml}\n${MESH}${GATEWAY}`)["allow-users"]?.spec).toMatchObject({
      ingress: [{ from: [{ podSelector: { matchLabels: { istio: "ingressgateway" } } }] }],
    });
  });

  test("takes calls to the server's port from anybody where somebody else leads the host there", () => {
    const none = `${gitops(`host: ${HOST}, route: { none: true, reason: led there by another cluster }`)}`;

    expect(policies(none)["allow-users"]?.spec).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "argocd-server" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [], ports: [{ port: 8080, protocol: "TCP" }] }],
    });
    expect(Object.keys(policies(gitops("")))).not.toContain("allow-users");
  });

  test("has no policy where nobody would enforce it", () => {
    const open = synthYaml(`${gitops("")}cni: { kind: vpc-cni, networkPolicy: false }`).gitops;

    expect(open).not.toContain("network-policies-argocd");
  });
});

import { inGatewayApiProject } from "../support/gateway-api-project";
import { type Block, releaseValues, resource, resourcesOf, synthYaml } from "../support/synth";

inGatewayApiProject();

const MESH = "mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }\ningress: {}\n";
const GATEWAYS = "gateways: { edge: { hosts: [example.com], namespaces: [shop], tls: { secret: edge } } }";
const SHOP = `namespaces: { shop: { labels: { istio-injection: enabled } } }
gitops: { repo: { url: "https://git.corp/fleet.git" }, rollouts: true }
workloads:
  api:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:1.0.0
    controller: rollout
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.25, memoryMiB: 256 }
    traffic: { gateway: edge, hosts: [example.com] }
`;
const ISTIO = `${MESH}traffic: { api: istio, ${GATEWAYS} }\n${SHOP}`;
const CILIUM = `ingress: {}\ncni: { kind: cilium-eni, gatewayApi: { enabled: true } }\ntraffic: { api: gateway-api, implementation: cilium, ${GATEWAYS} }\n${SHOP}`;

const manifests = (json: string, address: string) =>
  releaseValues(json, address).manifests as Record<string, { kind: string; spec: Record<string, unknown> }>;
const api = (yaml: string) => manifests(synthYaml(yaml).workloads, "workload-api_helm_release");

test("Istio's gateways come with Istio, after it", () => {
  const { mesh } = synthYaml(ISTIO);
  const release = resource(mesh, "helm_release", "traffic_gateways_helm_release") as Block & {
    depends_on: string[];
  };

  expect(Object.keys(manifests(mesh, "traffic_gateways_helm_release"))).toEqual(["Gateway/edge"]);
  expect(release.depends_on).toContain("helm_release.istio_istiod_release");
});

test("a service with routes has them in its own release", () => {
  const kinds = Object.values(api(ISTIO)).map(({ kind }) => kind);

  expect(kinds).toEqual(expect.arrayContaining(["VirtualService", "DestinationRule", "AuthorizationPolicy"]));
});

test("pods outside of the mesh are called without mutual TLS", () => {
  const rule = (yaml: string) =>
    Object.values(api(yaml)).find(({ kind }) => kind === "DestinationRule")?.spec.trafficPolicy;
  const outside = ISTIO.replace("{ labels: { istio-injection: enabled } }", "{}");

  expect(rule(ISTIO)).toEqual({ tls: { mode: "ISTIO_MUTUAL" } });
  expect(rule(outside)).toEqual({});
});

test("its Rollout moves the weights of the routes", () => {
  expect(Object.values(api(ISTIO)).find(({ kind }) => kind === "Rollout")?.spec).toMatchObject({
    strategy: { canary: { trafficRouting: { istio: { virtualService: { name: "api" } } } } },
  });
});

test("network policies let the gateway through to the port of the pods", () => {
  const policies = JSON.stringify(
    Object.values(api(ISTIO)).filter(({ kind }) => kind.endsWith("NetworkPolicy")),
  );

  expect(policies).toContain('"istio":"ingressgateway"');
  expect(policies).toContain("8080");
});

test("Cilium's gateways come with the controller of their load balancers, in a namespace of their own", () => {
  const { ingress } = synthYaml(CILIUM);
  const names = Object.keys(resourcesOf(ingress, "helm_release")).filter((name) =>
    name.startsWith("traffic_"),
  );

  expect(names.sort()).toEqual(["traffic_gateways-namespace_helm_release", "traffic_gateways_helm_release"]);
  expect(manifests(ingress, "traffic_gateways_helm_release")).toMatchObject({
    "Gateway/edge": { metadata: { namespace: "gateways" } },
  });
});

test("Cilium's Envoy is let through by its identity", () => {
  const policies = Object.values(api(CILIUM)).filter(({ kind }) => kind === "CiliumNetworkPolicy");

  expect(JSON.stringify(policies)).toContain('"fromEntities":["ingress"]');
});

test("Argo Rollouts has the Gateway API's plugin only where it is the API", () => {
  const controller = (yaml: string) =>
    (releaseValues(synthYaml(yaml).gitops, "rollouts_helm_release") as { controller: object }).controller;

  expect(controller(CILIUM)).toMatchObject({
    trafficRouterPlugins: [
      {
        name: "argoproj-labs/gatewayAPI",
        location: "file:///plugins/rollouts-plugin-trafficrouter-gatewayapi",
      },
    ],
    initContainers: [{ image: "ghcr.io/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi:v0.15.0" }],
  });
  expect(controller(ISTIO)).not.toHaveProperty("trafficRouterPlugins");
});

test.each([
  ["vpc-cni", "cni: { kind: vpc-cni }\n"],
  ["cilium-chaining", "cni: { kind: cilium-chaining }\n"],
  ["cilium-eni", ""],
])("with %s the Gateway API's definitions are there for Istio", (_kind, cni) => {
  const yaml = `${MESH}${cni}traffic: { api: gateway-api, implementation: istio, ${GATEWAYS} }\n`;
  const releases = Object.keys(resourcesOf(synthYaml(yaml).cni, "helm_release"));

  expect(releases).toContain("gateway-api_gateway-api-httproutes_helm_release");
});

test("the load balancer controller has gateways only where AWS carries them out", () => {
  const gates = (yaml: string) =>
    releaseValues(synthYaml(yaml).ingress, "aws-load-balancer-controller_helm_release").controllerConfig;

  expect(gates("ingress: {}\ntraffic: { api: gateway-api, implementation: aws }\n")).toMatchObject({
    featureGates: { ALBGatewayAPI: true },
  });
  expect(gates(CILIUM)).toMatchObject({ featureGates: { ALBGatewayAPI: false } });
});

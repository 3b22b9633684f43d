import { NETWORK, problemsIn } from "./problems";

const MESH = "mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }\n";
const GATEWAYS =
  "gateways: { edge: { hosts: ['*.example.com'], namespaces: [shop], tls: { secret: edge } } }";
/** Targets by the API that they route by. */
export const PLATFORM = {
  none: "",
  istio: `${MESH}ingress: {}\ntraffic: { api: istio, ${GATEWAYS} }\n`,
  ambient: `${MESH.replace("kind: istio", "kind: istio-ambient")}ingress: {}\ntraffic: { api: istio, ${GATEWAYS} }\n`,
  "gateway-api": `${MESH}ingress: {}\ntraffic: { api: gateway-api, implementation: istio, ${GATEWAYS} }\n`,
  cilium: `ingress: {}\ncni: { kind: cilium-eni, gatewayApi: { enabled: true } }\ntraffic: { api: gateway-api, implementation: cilium, ${GATEWAYS} }\n`,
  alb: "ingress: {}\ntraffic: { api: alb-ingress }\npolicies: { loadBalancerAnnotations: ['alb.ingress.kubernetes.io/actions.*', 'alb.ingress.kubernetes.io/conditions.*'] }\n",
  nginx: "ingress: { nginx: { reason: 'moves to an ALB in Q1' } }\ntraffic: { api: alb-ingress }\n",
};
export const BY_GATEWAY = "gateway: edge, hosts: [api.example.com]";
export const HTTP = "ports: { http: { port: 80, targetPort: 8080, protocol: http } }";
export const GRPC = "ports: { grpc: { port: 50051, protocol: grpc } }";

/** Problems of one service with routes, without their place. The definitions are no file of these tests. */
export function said(platform: keyof typeof PLATFORM, traffic: string, ports = HTTP, more = ""): string[] {
  const service = `namespace: shop, image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:1.0.0', resources: { cpus: 0.25, memoryMiB: 256 }`;
  const yaml = `${NETWORK}namespaces: { shop: {} }
gitops: { repo: { url: 'https://git.corp/fleet.git' }, rollouts: true }
${PLATFORM[platform]}workloads:
  api: { ${service}, ${ports}, traffic: { ${traffic} } ${more} }
`;
  return problemsIn(yaml)
    .filter((line) => !line.includes("npx octarine vendor gateway-api"))
    .map((line) => line.replace(/^\S+  workloads\.api\./, ""));
}

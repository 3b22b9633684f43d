import { parse } from "yaml";
import { trafficSchema } from "../../src/config/schema/workloads/traffic";
import { resolvedTraffic } from "../../src/model/service-traffic";
import type { Manifest } from "../../src/modules/manifest";
import type {
  PlatformGateway,
  RoutedService,
  Traffic,
  TrafficPlatform,
} from "../../src/modules/workloads/traffic/traffic";
import { trafficManifests } from "../../src/modules/workloads/traffic/traffic-manifests";
import type { WorkloadPort } from "../../src/modules/workloads/workload";

/** Ports by protocol: `http:80:8080` is port 80 of the service, 8080 of the pods. */
export function aService(
  name: string,
  ports: readonly string[],
  more: Partial<RoutedService> = {},
): RoutedService {
  return {
    name,
    namespace: "default",
    ports: ports.map((text, index): WorkloadPort => {
      const [protocol = "http", port = "80", targetPort = port] = text.split(":");
      return {
        name: index === 0 ? protocol : `${protocol}-${index}`,
        port: Number(port),
        protocol: protocol === "grpc" || protocol === "tcp" ? protocol : "http",
        targetPort: Number(targetPort),
      };
    }),
    selector: { app: name },
    ...more,
  };
}

export const GATEWAY: PlatformGateway = {
  namespace: "istio-ingress",
  hosts: ["example.com"],
  namespaces: ["default"],
  tls: { kind: "secret", secret: "tls-example-com", certManager: false },
  scheme: "internal",
};

const MESH = { dataPlane: "sidecar", trustDomain: "acme.internal", defaultDeny: true, peers: false } as const;

const BASE: Omit<TrafficPlatform, "api"> = {
  gateways: { "public-gw": GATEWAY },
  targetType: "ip",
  certificateArns: [],
  services: [],
};

export const PLATFORMS = {
  istio: { ...BASE, api: "istio", mesh: MESH },
  "gateway-api": { ...BASE, api: "gateway-api", implementation: "istio", mesh: MESH },
  cilium: { ...BASE, api: "gateway-api", implementation: "cilium" },
  aws: { ...BASE, api: "gateway-api", implementation: "aws" },
  "alb-ingress": { ...BASE, api: "alb-ingress" },
} satisfies Readonly<Record<string, TrafficPlatform>>;

/** Traffic of one service as its YAML says it. */
export function trafficOf(yaml: string, { name, namespace } = aService("api", [])): Traffic {
  return resolvedTraffic(name, { namespace }, trafficSchema.parse(parse(yaml) ?? {}));
}

/** The objects that YAML gives, by kind and name. */
export function routed(
  yaml: string,
  platform: TrafficPlatform,
  service: RoutedService = aService("api", ["http:80:8080"]),
): Record<string, Manifest> {
  const manifests = trafficManifests(service, trafficOf(yaml, service), platform);
  return Object.fromEntries(manifests.map((each) => [`${each.kind}/${each.metadata.name}`, each]));
}

/** `spec` of one of them. */
export function specOf(manifests: Record<string, Manifest>, name: string): unknown {
  const found = manifests[name];
  if (found === undefined) throw new Error(`no ${name}; there are ${Object.keys(manifests).join(", ")}`);
  return found.spec;
}

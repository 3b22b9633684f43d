import { gatewayManifests } from "../../../../src/modules/workloads/traffic/gateways";
import type { TrafficPlatform } from "../../../../src/modules/workloads/traffic/traffic";
import { aService, GATEWAY, PLATFORMS, routed, specOf } from "../../../support/traffic";

// Routing objects as teams write them for Istio and gRPC, each made from a config, in today's API versions.

const web = aService("web", ["http:80:8080"]);
const api = aService("api", ["http:8080"]);
const greeter = aService("greeter", ["grpc:50051"]);
const with_ = (platform: TrafficPlatform, ...services: TrafficPlatform["services"][number][]) => ({
  ...platform,
  services,
});

describe("Istio: HTTPS ingress and routing", () => {
  test("Gateway public-gw: HTTP and HTTPS with a certificate from a secret", () => {
    expect(gatewayManifests(PLATFORMS.istio)["Gateway/public-gw"]).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "public-gw", namespace: "istio-ingress" },
      spec: {
        selector: { istio: "ingressgateway" },
        servers: [
          {
            port: { number: 80, name: "http", protocol: "HTTP" },
            hosts: ["default/example.com"],
            tls: { httpsRedirect: true },
          },
          {
            port: { number: 443, name: "https", protocol: "HTTPS" },
            hosts: ["default/example.com"],
            tls: { mode: "SIMPLE", credentialName: "tls-example-com", minProtocolVersion: "TLSV1_2" },
          },
        ],
      },
    });
  });

  test("VirtualService web-vs: /api to a subset of api, all else to web", () => {
    const yaml = `
hosts: [example.com]
gateway: public-gw
routes:
  - prefix: /api
    to: [{ service: api, subset: v1, port: 8080 }]
  - {}
`;
    expect(routed(yaml, with_(PLATFORMS.istio, web, api), web)["VirtualService/web"]).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "web", namespace: "default" },
      spec: {
        hosts: ["example.com"],
        gateways: ["istio-ingress/public-gw"],
        http: [
          {
            name: "route-1",
            match: [{ uri: { exact: "/api" } }, { uri: { prefix: "/api/" } }],
            route: [
              {
                destination: { host: "api.default.svc.cluster.local", subset: "v1", port: { number: 8080 } },
              },
            ],
          },
          {
            name: "route-2",
            route: [{ destination: { host: "web.default.svc.cluster.local", port: { number: 80 } } }],
          },
        ],
      },
    });
  });

  test("DestinationRule api-dr: subset v1, and pods that fail left out", () => {
    const yaml = `
subsets: { v1: { version: v1 } }
destination: { outliers: { consecutive5xxErrors: 3, interval: 5s, baseEjectionTime: 30s } }
`;
    expect(specOf(routed(yaml, PLATFORMS.istio, api), "DestinationRule/api")).toEqual({
      host: "api.default.svc.cluster.local",
      trafficPolicy: {
        tls: { mode: "ISTIO_MUTUAL" },
        outlierDetection: {
          consecutive5xxErrors: 3,
          interval: "5s",
          baseEjectionTime: "30s",
          maxEjectionPercent: 10,
        },
      },
      subsets: [{ name: "v1", labels: { version: "v1" } }],
    });
  });

  test("VirtualService grpc-vs: gRPC by its header, in the mesh", () => {
    const yaml = `routes: [{ headers: { content-type: application/grpc } }]`;

    expect(specOf(routed(yaml, PLATFORMS.istio, greeter), "VirtualService/greeter")).toEqual({
      hosts: ["greeter.default.svc.cluster.local"],
      gateways: ["mesh"],
      http: [
        {
          name: "route-1",
          match: [{ headers: { "content-type": { exact: "application/grpc" } } }],
          route: [{ destination: { host: "greeter.default.svc.cluster.local", port: { number: 50051 } } }],
        },
      ],
    });
  });
});

test("Gateway API: GRPCRoute by service and method", () => {
  const platform = {
    ...PLATFORMS["gateway-api"],
    gateways: { "public-gw": { ...GATEWAY, hosts: ["greeter.example.com"] } },
  };
  const yaml = `
hosts: [greeter.example.com]
gateway: public-gw
routes: [{ grpc: { service: helloworld.Greeter, method: SayHello } }]
`;
  expect(routed(yaml, platform, greeter)["GRPCRoute/greeter"]).toEqual({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GRPCRoute",
    metadata: { name: "greeter", namespace: "default" },
    spec: {
      parentRefs: [
        {
          group: "gateway.networking.k8s.io",
          kind: "Gateway",
          name: "public-gw",
          namespace: "istio-ingress",
        },
      ],
      hostnames: ["greeter.example.com"],
      rules: [
        {
          matches: [{ method: { type: "Exact", service: "helloworld.Greeter", method: "SayHello" } }],
          backendRefs: [{ name: "greeter", port: 50051 }],
        },
      ],
    },
  });
});

import { gatewayManifests } from "../../../../src/modules/workloads/traffic/gateways";
import { aService, GATEWAY, PLATFORMS, routed, specOf } from "../../../support/traffic";

// Routing objects as teams write them for ingress controllers and gateways, each made from a config, in today's API versions.

describe("ingress-nginx and the Gateway API", () => {
  test("Ingress app-ingress: two paths of ingress-nginx with TLS and a limit of bodies", () => {
    const yaml = `
hosts: [api.example.com]
ingress: { class: nginx, tlsSecret: api-tls-secret, maxBodySize: 50m }
routes:
  - { prefix: /v1, to: [{ service: api-svc, port: 80 }] }
  - { prefix: /static, to: [{ service: static-svc, port: 80 }] }
`;
    const path = (prefix: string, name: string) => ({
      path: prefix,
      pathType: "Prefix",
      backend: { service: { name, port: { number: 80 } } },
    });

    expect(routed(yaml, PLATFORMS["alb-ingress"])["Ingress/api"]).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        name: "api",
        namespace: "default",
        annotations: {
          "nginx.ingress.kubernetes.io/ssl-redirect": "true",
          "nginx.ingress.kubernetes.io/proxy-body-size": "50m",
        },
      },
      spec: {
        ingressClassName: "nginx",
        tls: [{ hosts: ["api.example.com"], secretName: "api-tls-secret" }],
        rules: [
          {
            host: "api.example.com",
            http: { paths: [path("/static", "static-svc"), path("/v1", "api-svc")] },
          },
        ],
      },
    });
  });

  test("GatewayClass aws-gateway: the class of the controller that exists", () => {
    expect(gatewayManifests(PLATFORMS.aws)["GatewayClass/aws-alb"]).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "aws-alb" },
      spec: { controllerName: "gateway.k8s.aws/alb" },
    });
  });

  test("Gateway prod-gateway: HTTPS with a certificate from a secret", () => {
    const gateway = {
      ...GATEWAY,
      namespace: "gateways",
      tls: { kind: "secret", secret: "prod-tls-cert", certManager: false } as const,
    };
    const manifests = gatewayManifests({ ...PLATFORMS.cilium, gateways: { "prod-gateway": gateway } });

    expect(specOf(manifests, "Gateway/prod-gateway")).toMatchObject({
      gatewayClassName: "cilium",
      listeners: [
        { name: "http" },
        {
          name: "https-1",
          protocol: "HTTPS",
          port: 443,
          tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: "prod-tls-cert" }] },
        },
      ],
    });
  });

  test("HTTPRoute api-route: by prefix, with a weight", () => {
    const yaml = `
hosts: [example.com]
gateway: public-gw
routes: [{ prefix: /v1, to: [{ service: api-svc, port: 80, weight: 100 }] }]
`;
    expect(specOf(routed(yaml, PLATFORMS.cilium), "HTTPRoute/api")).toMatchObject({
      hostnames: ["example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/v1" } }],
          backendRefs: [{ name: "api-svc", port: 80, weight: 100 }],
        },
      ],
    });
  });
});

test("Istio: 90/10 over two subsets, with mutual TLS", () => {
  const yaml = `
subsets: { v1: { version: v1 }, v2: { version: v2 } }
split: { v1: 90, v2: 10 }
`;
  const manifests = routed(
    yaml,
    PLATFORMS.istio,
    aService("backend-svc", ["http:80"], { namespace: "production" }),
  );
  const host = "backend-svc.production.svc.cluster.local";

  expect(specOf(manifests, "VirtualService/backend-svc")).toMatchObject({
    hosts: [host],
    http: [
      {
        route: [
          { destination: { host, subset: "v1" }, weight: 90 },
          { destination: { host, subset: "v2" }, weight: 10 },
        ],
      },
    ],
  });
  expect(specOf(manifests, "DestinationRule/backend-svc")).toEqual({
    host,
    trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
    subsets: [
      { name: "v1", labels: { version: "v1" } },
      { name: "v2", labels: { version: "v2" } },
    ],
  });
});

// What the class has (WAF, certificates, access logs) is tested in stacks/ingress/ingress-stack.test.ts.
test("AWS Load Balancer Controller: an ALB's Ingress with pods as targets, HTTPS only, and a health check", () => {
  const yaml = `
hosts: [api.example.com]
ingress:
  class: alb-public
  idleTimeoutSeconds: 120
  healthCheck: { intervalSeconds: 15, successCodes: "200,201" }
`;
  const service = aService("api-svc", ["http:80:8080"], { namespace: "production" });

  expect(routed(yaml, PLATFORMS["alb-ingress"], service)["Ingress/api-svc"]).toEqual({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "api-svc",
      namespace: "production",
      annotations: {
        "alb.ingress.kubernetes.io/scheme": "internet-facing",
        "alb.ingress.kubernetes.io/target-type": "ip",
        "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
        "alb.ingress.kubernetes.io/ssl-redirect": "443",
        "alb.ingress.kubernetes.io/load-balancer-attributes": "idle_timeout.timeout_seconds=120",
        "alb.ingress.kubernetes.io/healthcheck-path": "/readyz",
        "alb.ingress.kubernetes.io/healthcheck-interval-seconds": "15",
        "alb.ingress.kubernetes.io/success-codes": "200,201",
      },
    },
    spec: {
      ingressClassName: "alb-public",
      rules: [
        {
          host: "api.example.com",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "api-svc", port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  });
});

import { NETWORK, problemsIn } from "../support/problems";
import { referenceManifest, referenceTarget } from "../support/reference-objects";

const istio = (kind: string, name: string) => referenceManifest("istio", "workloads", kind, name);
const ingress = (name: string) => referenceManifest("ingress", "workloads", "Ingress", name);

test("Gateway public-gw", () => {
  expect(referenceManifest("istio", "mesh", "Gateway", "public-gw")).toMatchObject({
    apiVersion: "networking.istio.io/v1",
    spec: {
      selector: { istio: "ingressgateway" },
      servers: [
        { port: { number: 80, protocol: "HTTP" }, hosts: ["web/example.com"] },
        {
          port: { number: 443, protocol: "HTTPS" },
          tls: { mode: "SIMPLE", credentialName: "tls-example-com" },
          hosts: ["web/example.com"],
        },
      ],
    },
  });
});

test("VirtualService web-vs", () => {
  expect(istio("VirtualService", "web")).toMatchObject({
    apiVersion: "networking.istio.io/v1",
    spec: {
      hosts: ["example.com"],
      gateways: ["istio-ingress/public-gw"],
      http: [
        {
          match: [{ uri: { exact: "/api" } }, { uri: { prefix: "/api/" } }],
          route: [
            { destination: { host: "api.web.svc.cluster.local", subset: "v1", port: { number: 8080 } } },
          ],
        },
        { route: [{ destination: { host: "web.web.svc.cluster.local", port: { number: 80 } } }] },
      ],
    },
  });
});

test("DestinationRule api-dr", () => {
  expect(istio("DestinationRule", "api").spec).toMatchObject({
    host: "api.web.svc.cluster.local",
    subsets: [{ name: "v1", labels: { version: "v1" } }],
    trafficPolicy: {
      outlierDetection: { consecutive5xxErrors: 3, interval: "5s", baseEjectionTime: "30s" },
    },
  });
});

test("VirtualService grpc-vs", () => {
  expect(istio("VirtualService", "greeter").spec).toMatchObject({
    hosts: ["greeter.web.svc.cluster.local"],
    http: [
      {
        match: [{ headers: { "content-type": { exact: "application/grpc" } } }],
        route: [{ destination: { host: "greeter.web.svc.cluster.local", port: { number: 50051 } } }],
      },
    ],
  });
});

describe("VirtualService backend-vs", () => {
  test("90 of 100 requests go to v1", () => {
    const host = "backend-svc.production.svc.cluster.local";

    expect(istio("VirtualService", "backend-svc").spec).toMatchObject({
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
  });

  test("both versions have pods behind the one service", () => {
    const labels = (name: string) => istio("Deployment", name).spec;

    expect(istio("Service", "backend-svc").spec).toMatchObject({ selector: { app: "backend-svc" } });
    expect(labels("backend-svc")).toMatchObject({
      selector: { matchLabels: { app: "backend-svc", "octarine/workload": "backend-svc" } },
      template: { metadata: { labels: { app: "backend-svc", version: "v1" } } },
    });
    expect(labels("backend-next")).toMatchObject({
      selector: { matchLabels: { app: "backend-svc", "octarine/workload": "backend-next" } },
      template: { metadata: { labels: { app: "backend-svc", version: "v2" } } },
    });
  });
});

test("DestinationRule backend-dr", () => {
  expect(istio("DestinationRule", "backend-svc").spec).toMatchObject({
    trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
    subsets: [
      { name: "v1", labels: { version: "v1" } },
      { name: "v2", labels: { version: "v2" } },
    ],
  });
});

test("Ingress app-ingress", () => {
  const path = (prefix: string, name: string) => ({
    path: prefix,
    pathType: "Prefix",
    backend: { service: { name, port: { number: 80 } } },
  });

  expect(ingress("app-ingress")).toMatchObject({
    apiVersion: "networking.k8s.io/v1",
    metadata: {
      namespace: "production",
      annotations: {
        "nginx.ingress.kubernetes.io/ssl-redirect": "true",
        "nginx.ingress.kubernetes.io/proxy-body-size": "50m",
      },
    },
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: ["app.example.com"], secretName: "api-tls-secret" }],
      rules: [
        {
          host: "app.example.com",
          http: { paths: [path("/static", "static-svc"), path("/v1", "api-svc")] },
        },
      ],
    },
  });
});

describe("Ingress production-ingress", () => {
  test("the service's part", () => {
    expect(ingress("api-svc")).toMatchObject({
      metadata: {
        annotations: {
          "alb.ingress.kubernetes.io/scheme": "internet-facing",
          "alb.ingress.kubernetes.io/target-type": "ip",
          "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
          "alb.ingress.kubernetes.io/ssl-redirect": "443",
          "alb.ingress.kubernetes.io/healthcheck-path": "/health",
          "alb.ingress.kubernetes.io/healthcheck-interval-seconds": "15",
          "alb.ingress.kubernetes.io/success-codes": "200,201",
          "alb.ingress.kubernetes.io/load-balancer-attributes": "idle_timeout.timeout_seconds=120",
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

  test("certificate, web ACL and access logs are the class's, which no service changes", () => {
    const { spec } = referenceManifest("ingress", "ingress", "IngressClassParams", "alb-public");

    expect(spec).toMatchObject({
      certificateArn: [expect.stringMatching(/^arn:aws:acm:us-east-1:444444444444:certificate/)],
      wafv2AclArn: expect.stringMatching(/^arn:aws:wafv2:us-east-1:444444444444:regional/) as unknown,
    });
    expect(JSON.stringify(spec)).toContain("access_logs.s3.enabled");
  });

  test("the load balancer reaches the pods", () => {
    expect(
      JSON.stringify(referenceManifest("ingress", "workloads", "NetworkPolicy", "api-svc-callers").spec),
    ).toMatch(/ipBlock.*"port":8080/);
    expect(referenceTarget("ingress").target.config.traffic?.api).toBe("alb-ingress");
  });
});

// No controller of AWS is named `aws-gateway`; the class is made by the implementation in use, under its own name.
test("GatewayClass aws-gateway", () => {
  const traffic = (implementation: string) =>
    problemsIn(`${NETWORK}traffic: { api: gateway-api, implementation: ${implementation} }\n`);

  expect(traffic("eks.amazonaws.com/gateway-controller")).toEqual([
    "envs/dev/us-east-1.yaml:4:46  traffic.implementation: eks.amazonaws.com/gateway-controller  is not a controller of the Gateway API; AWS's is gateway.k8s.aws/alb: write implementation: aws",
  ]);
});

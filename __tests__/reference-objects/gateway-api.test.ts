import { inGatewayApiProject } from "../support/gateway-api-project";
import { referenceManifest } from "../support/reference-objects";

inGatewayApiProject();

test("GRPCRoute greeter", () => {
  expect(referenceManifest("gateway-api", "workloads", "GRPCRoute", "greeter")).toMatchObject({
    apiVersion: "gateway.networking.k8s.io/v1",
    metadata: { namespace: "default" },
    spec: {
      parentRefs: [{ name: "public-gw" }],
      hostnames: ["greeter.example.com"],
      rules: [
        {
          matches: [{ method: { service: "helloworld.Greeter", method: "SayHello" } }],
          backendRefs: [{ name: "greeter", port: 50051 }],
        },
      ],
    },
  });
});

test("Gateway prod-gateway", () => {
  const { spec } = referenceManifest("gateway-api", "ingress", "Gateway", "prod-gateway");

  expect(spec).toMatchObject({ gatewayClassName: "cilium" });
  expect(spec?.["listeners" as keyof typeof spec]).toContainEqual(
    expect.objectContaining({
      protocol: "HTTPS",
      port: 443,
      tls: { mode: "Terminate", certificateRefs: [expect.objectContaining({ name: "prod-tls-cert" })] },
    }),
  );
});

test("HTTPRoute api-route", () => {
  expect(referenceManifest("gateway-api", "workloads", "HTTPRoute", "api-svc")).toMatchObject({
    apiVersion: "gateway.networking.k8s.io/v1",
    metadata: { namespace: "production" },
    spec: {
      parentRefs: [{ name: "prod-gateway" }],
      hostnames: ["api.example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/v1" } }],
          backendRefs: [{ name: "api-svc", port: 80 }],
        },
      ],
    },
  });
});

import fs from "node:fs";
import path from "node:path";
import { bundleText, vendorGatewayApi } from "../../src/cli/vendor/gateway-api-bundle";
import { httpGet } from "../../src/cli/refresh/http";
import { gatewayApiFile } from "../../src/config/vendored-bundle";
import { sha256, smallBundle } from "../cli/vendor/small-bundle";
import { aFolder } from "../support/fixtures";
import { seedManifest } from "../support/seed-objects";

// The definitions are a file that the user vendors; a small one is enough here.
const here = process.cwd();
const project = aFolder({ "install.yaml": smallBundle() });

beforeAll(async () => {
  const from = path.join(project, "install.yaml");
  const request = { version: "v1.4.1", from, sha256: sha256(smallBundle()) };
  const file = path.join(project, gatewayApiFile("v1.4.1"));
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(file, bundleText(await vendorGatewayApi(request, httpGet(1))));
  process.chdir(project);
});
afterAll(() => process.chdir(here));

test("000 GRPCRoute greeter", () => {
  expect(seedManifest("gateway-api", "workloads", "GRPCRoute", "greeter")).toMatchObject({
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

test("004 Gateway prod-gateway", () => {
  const { spec } = seedManifest("gateway-api", "ingress", "Gateway", "prod-gateway");

  expect(spec).toMatchObject({ gatewayClassName: "cilium" });
  expect(spec?.["listeners" as keyof typeof spec]).toContainEqual(
    expect.objectContaining({
      protocol: "HTTPS",
      port: 443,
      tls: { mode: "Terminate", certificateRefs: [expect.objectContaining({ name: "prod-tls-cert" })] },
    }),
  );
});

test("004 HTTPRoute api-route", () => {
  expect(seedManifest("gateway-api", "workloads", "HTTPRoute", "api-svc")).toMatchObject({
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

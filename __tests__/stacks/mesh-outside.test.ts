import { outsideServices } from "../../src/modules/mesh/outside-services";
import { type Block, releaseValues, synthYaml } from "../support/synth";

const BASE = "kind: istio, id: acme, trustDomain: acme.internal";
const NAMESPACES = `
namespaces:
  payments:
    labels: { istio-injection: enabled }
    identity: irsa
    allow:
      - { to: { fqdn: api.stripe.com, port: 443 } }
      - { to: { cidr: 10.201.30.0/24, port: 53, protocol: UDP } }
      - { to: { namespace: stock, port: 8080 } }
  stock:
    allow:
      - { to: { fqdn: api.example.com, port: 443 } }
      - { from: { namespace: payments, port: 8080 } }
workloads:
  orders:
    namespace: payments
    image: "{account}.dkr.ecr.{region}.amazonaws.com/payments/orders:1.0.0"
    ports: { http: { port: 8080, protocol: http } }
    resources: { cpus: 0.5, memoryMiB: 256 }
    dependencies:
      - { cidr: 10.201.20.0/24, port: 3306 }
      - { fqdn: api.stripe.com, port: 80 }
`;
const mesh = (yaml: string) => synthYaml(`ingress: {}\n${yaml}`).mesh;
const outside = (json: string, namespace: string) =>
  Object.values(
    releaseValues(json, `istio_outside-${namespace}_helm_release`).manifests as Record<string, Block>,
  );

// Istio, REGISTRY_ONLY: proxies let through what the mesh knows, and it knows what services declare.
describe("with outbound registry-only, calls out of the cluster", () => {
  const json = mesh(`mesh: { ${BASE} }\n${NAMESPACES}`);

  test("pass where services and namespaces of the mesh declare them, and STS where tokens are exchanged", () => {
    expect(outside(json, "payments").map(({ spec }) => spec)).toEqual([
      expect.objectContaining({
        hosts: ["10-201-20-0-24.range.internal"],
        addresses: ["10.201.20.0/24"],
        ports: [{ number: 3306, name: "tcp-3306", protocol: "TCP" }],
      }),
      expect.objectContaining({
        hosts: ["api.stripe.com"],
        ports: [
          { number: 80, name: "http-80", protocol: "HTTP" },
          { number: 443, name: "tls-443", protocol: "TLS" },
        ],
      }),
      expect.objectContaining({ hosts: ["sts.us-east-1.amazonaws.com"] }),
    ]);
  });

  test("pass for the namespace that declares them alone, to the address that the pod asks for", () => {
    for (const { metadata, spec } of outside(json, "payments")) {
      expect(metadata).toMatchObject({ namespace: "payments" });
      expect(spec).toMatchObject({ exportTo: ["."], location: "MESH_EXTERNAL", resolution: "NONE" });
    }
  });

  test("of namespaces outside of the mesh are no business of its", () => {
    expect(json).not.toContain("outside-stock");
  });

  test("to the agent of Pod Identity bypass the sidecar", () => {
    expect(releaseValues(json, "istio_istiod_release").global).toMatchObject({
      proxy: { excludeIPRanges: "169.254.170.23/32,fd00:ec2::23/128" },
    });
  });

  // Istio's own listeners: a sidecar knows no name server, so that a connection to one would end in its BlackHoleCluster.
  test("by DNS over TCP do, too, but where the sidecar's agent answers", () => {
    const proxyOf = (yaml: string) =>
      (releaseValues(mesh(yaml), "istio_istiod_release").global as { proxy: unknown }).proxy;

    expect(proxyOf(`mesh: { ${BASE} }\n`)).toMatchObject({ excludeOutboundPorts: "53" });
    expect(proxyOf(`mesh: { ${BASE.replace("istio", "istio-ambient")} }\n`)).not.toHaveProperty(
      "excludeOutboundPorts",
    );
  });
});

test.each([
  [
    "any host is let through",
    `{ ${BASE}, outbound: { mode: allow-any, reason: "not all calls are known" } }`,
  ],
  ["the mesh has no sidecars", `{ ${BASE.replace("istio", "istio-ambient")} }`],
])("no call has to be let out where %s", (_case, given) => {
  expect(mesh(`mesh: ${given}\n${NAMESPACES}`)).not.toContain("outside-payments");
});

test("a range of all addresses is an entry without one", () => {
  const { payments } = outsideServices([{ namespace: "payments", to: "0.0.0.0/0", port: 443 }]);

  expect(payments?.["0.0.0.0/0"]?.spec).not.toHaveProperty("addresses");
});

test("names of all hosts below a domain become a name that Kubernetes takes", () => {
  const { payments } = outsideServices([{ namespace: "payments", to: "*.example.com", port: 443 }]);

  expect(payments?.["*.example.com"]).toMatchObject({
    metadata: { name: "any.example.com" },
    spec: { hosts: ["*.example.com"] },
  });
});

import { CLUSTER_MESH_YAML, STORED_CA } from "../support/cluster-mesh";
import { ENVIRONMENT, NETWORK, problemsIn, warningsOf } from "../support/problems";

const MESH = "id: acme, trustDomain: acme.internal";
const requests = (labels: string) =>
  `namespaces:
  shop: { ${labels}, allow: [{ from: { namespace: edge, port: 80 }, http: [{ method: GET }] }] }
  edge: { ${labels}, allow: [{ to: { namespace: shop, port: 80 } }] }
`;

// Cilium, Integration with Istio: STRICT and PERMISSIVE mutual TLS are not compatible with Cilium's HTTP rules.
describe("requests between namespaces of a mesh", () => {
  test.each([
    ["istio", "labels: { istio-injection: enabled }"],
    ["istio-ambient", "labels: { istio.io/dataplane-mode: ambient }"],
  ])("of %s can't be allowed by Cilium", (kind, labels) => {
    expect(problemsIn(`${NETWORK}mesh: { kind: ${kind}, ${MESH} }\n${requests(labels)}`)).toEqual([
      expect.stringMatching(
        /namespaces\.shop\.allow\[0\]\.http  can't be read between namespaces of the mesh, which encrypts them; remove it, and allow requests by an AuthorizationPolicy$/,
      ),
    ]);
  });

  test("can be allowed where the namespaces are not in the mesh, or there is no mesh", () => {
    expect(problemsIn(`${NETWORK}mesh: { kind: istio, ${MESH} }\n${requests("team: shop")}`)).toEqual([]);
    expect(problemsIn(`${NETWORK}${requests("labels: { istio-injection: enabled }")}`)).toEqual([]);
  });
});

// WireGuard and Cilium's mutual authentication protect below what Istio's TLS protects already.
describe("traffic that is protected twice", () => {
  const warnings = (yaml: string) =>
    warningsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": `${NETWORK}${yaml}` }).filter(
      (line) => line.includes("second time"),
    );

  test.each([
    ["cni: { kind: cilium-eni, encryption: wireguard }", "cni.encryption: wireguard"],
    ["identity: { kind: cilium, trustDomain: acme.internal }", "identity.kind: cilium"],
  ])("warns of %s", (yaml, setting) => {
    expect(warnings(`mesh: { kind: istio, ${MESH} }\n${yaml}\n`)).toEqual([
      `${setting} beside an Istio mesh encrypts the same traffic a second time (dev/us-east-1; waiver: ENCRYPTION-TWICE at ${setting.split(":")[0]})`,
    ]);
    expect(warnings(`${yaml}\n`)).toEqual([]);
  });

  test("does not warn in Cilium's mesh, which encrypts nothing by itself", () => {
    const mesh = `mesh: { kind: cilium, id: acme, clusterId: 1, certificateAuthority: ${STORED_CA} }\n`;

    expect(warnings(`${mesh}${CLUSTER_MESH_YAML}cni: { kind: cilium-eni, encryption: wireguard }\n`)).toEqual(
      [],
    );
  });
});

// KEP-5495 (IPVS); cilium/charts, cilium-1.18.12: templates/validate.yaml (names, Hubble's UI) and values.yaml.
test.each<[string, string, string]>([
  [
    "IPVS without a reason",
    "cni: { kind: vpc-cni, kubeProxy: { kind: ipvs } }",
    "cni.kubeProxy.reason  is missing",
  ],
  [
    "a cluster name that Cilium does not take",
    "cluster: { name: acme-payments-platform-production-eu }",
    "cluster.name: acme-payments-platform-production-eu  Cilium rejects this: at most 32 characters, this is 36; write a shorter name",
  ],
  [
    "Hubble's UI without its relay",
    "cni: { kind: cilium-eni, hubble: { relay: false } }",
    "cni.hubble.ui  needs the relay; write cni.hubble.relay: true, or ui: false",
  ],
  [
    "native routing in an overlay",
    "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, routing: native }",
    "cni.routing: native  can't work: the VPC has no route to pod addresses of its own, and autoDirectNodeRoutes needs all nodes in one subnet, so zones lose each other; write tunnel, or cni.kind: cilium-eni for native routing",
  ],
  [
    "Gateway API behind the VPC CNI",
    "cni: { kind: cilium-chaining, gatewayApi: { enabled: true } }",
    "cni.gatewayApi  is not a known key",
  ],
])("refuses %s", (_what, yaml, said) => {
  expect(problemsIn(`${NETWORK}${yaml}\n`).join("\n")).toContain(said);
});

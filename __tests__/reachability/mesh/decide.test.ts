import type { MeshFlow } from "../../../src/reachability/mesh/mesh-flow";
import type { Peer } from "../../../src/reachability/policy/peers";
import { ask, authorization, from, istio, ledger, old, sidecar, strict, web } from "./meshes";

const request = (method: string) => ({ method, path: "/v1/x", host: "", headers: {} });

// istio/istio 1.29.6: pilot/pkg/model/sidecar.go, authentication.go and pilot/pkg/security/authz. tools/policy-agreement/compare-mesh.ts asks that code.
describe("what the caller's sidecar knows", () => {
  const entry = (more: object) =>
    istio("networking", "ServiceEntry", "shop", {
      hosts: ["api.test"],
      ports: [{ number: 443, name: "tls", protocol: "TLS" }],
      location: "MESH_EXTERNAL",
      resolution: "NONE",
      ...more,
    });
  const elsewhere = (namespace: string, number: number) => ({
    ...entry({ ports: [{ number, name: "tls", protocol: "TLS" }] }),
    metadata: { name: "it", namespace },
  });
  const name: Peer = { kind: "name", name: "api.test" };

  test.each<[string, object[], Partial<MeshFlow>, string]>([
    ["all that is exported, without a Sidecar", [], {}, "allowed"],
    ["no namespace that its Sidecar leaves out", [sidecar("shop", ["./*"])], {}, "denied"],
    ["the namespaces that its Sidecar names", [sidecar("shop", ["./*", "bank/*"])], {}, "allowed"],
    ["everything by a star", [sidecar("shop", ["*/*"])], {}, "allowed"],
    ["one service by its name", [sidecar("shop", ["bank/ledger.bank.svc.cluster.local"])], {}, "allowed"],
    [
      "what its Sidecar lets pass unknown",
      [sidecar("shop", ["./*"], { outboundTrafficPolicy: { mode: "ALLOW_ANY" } })],
      {},
      "allowed",
    ],
    [
      "a Sidecar of its own labels before that of the namespace",
      [sidecar("shop", ["*/*"]), sidecar("shop", ["./*"], { workloadSelector: { labels: { app: "web" } } })],
      {},
      "denied",
    ],
    [
      "the root namespace's Sidecar, without one of its own",
      [sidecar("istio-system", ["./*"])],
      {},
      "denied",
    ],
    ["no name without a ServiceEntry", [], { to: name, port: 443 }, "denied"],
    ["a name by a ServiceEntry", [entry({})], { to: name, port: 443 }, "allowed"],
    ["no ServiceEntry of another port", [entry({})], { to: name, port: 8443 }, "denied"],
    [
      "no ServiceEntry that stays in another namespace",
      [{ ...entry({ exportTo: ["."] }), metadata: { name: "it", namespace: "bank" } }],
      { to: name, port: 443 },
      "denied",
    ],
    [
      "a host of another namespace, where its own defines none",
      [elsewhere("bank", 443)],
      { to: name, port: 443 },
      "allowed",
    ],
    [
      "no host of another namespace that its own defines by other ports",
      [entry({ ports: [{ number: 80, name: "http", protocol: "HTTP" }] }), elsewhere("bank", 443)],
      { to: name, port: 443 },
      "denied",
    ],
    [
      "nobody can say which of two other namespaces' hosts",
      [elsewhere("bank", 443), elsewhere("plain", 80)],
      { to: name, port: 443 },
      "undecided",
    ],
    [
      "addresses of a ServiceEntry",
      [entry({ addresses: ["10.9.0.0/16"], ports: [{ number: 3306, name: "tcp", protocol: "TCP" }] })],
      { to: { kind: "address", address: "10.9.1.1" }, port: 3306 },
      "allowed",
    ],
  ])("%s", (_, objects, flow, verdict) => {
    expect(ask(objects, { from: web, to: ledger, ...flow }).caller?.verdict).toBe(verdict);
  });

  test("a host that only Terraform knows leaves it undecided", () => {
    expect(ask([sidecar("shop", ["${local.hosts}"])], { from: web, to: ledger }).verdict).toBe("undecided");
  });
});

describe("what the called sidecar takes", () => {
  test.each<[string, object[], Partial<MeshFlow>, string]>([
    ["anything, without a policy", [], { from: old }, "allowed"],
    ["no call without mutual TLS where it is strict", [strict], { from: old }, "denied"],
    ["calls of the mesh where it is strict", [strict], {}, "allowed"],
    [
      "calls without mutual TLS on a port of its own mode",
      [
        strict,
        istio("security", "PeerAuthentication", "bank", {
          selector: { matchLabels: { app: "ledger" } },
          portLevelMtls: { 8080: { mode: "PERMISSIVE" } },
        }),
      ],
      { from: old },
      "allowed",
    ],
    ["nothing under a policy without rules", [authorization({})], {}, "denied"],
    ["a named account", [authorization(from("cluster.local/ns/shop/sa/web"))], {}, "allowed"],
    ["no other account", [authorization(from("cluster.local/ns/shop/sa/api"))], {}, "denied"],
    ["nobody by name who came without mutual TLS", [authorization(from("*"))], { from: old }, "denied"],
    [
      "no call that a policy denies",
      [
        authorization({ action: "DENY", rules: [{ from: [{ source: { namespaces: ["shop"] } }] }] }),
        authorization(from("*")),
      ],
      {},
      "denied",
    ],
    ["policies of the root namespace", [authorization({}, "istio-system")], {}, "denied"],
    [
      "no policy of other pods",
      [authorization({ selector: { matchLabels: { app: "other" } } })],
      {},
      "allowed",
    ],
    ["a port", [authorization({ rules: [{ to: [{ operation: { ports: ["5432"] } }] }] })], {}, "denied"],
    [
      "a request",
      [authorization({ rules: [{ to: [{ operation: { methods: ["GET"], paths: ["/v1/*"] } }] }] })],
      { request: request("GET") },
      "allowed",
    ],
    [
      "no other request",
      [authorization({ rules: [{ to: [{ operation: { methods: ["GET"] } }] }] })],
      { request: request("POST") },
      "denied",
    ],
    [
      "no connection by a rule for requests",
      [authorization({ rules: [{ to: [{ operation: { methods: ["GET"] } }] }] })],
      { port: 5432 },
      "denied",
    ],
    [
      "no connection that a denial of requests names, whatever the request",
      [authorization({ action: "DENY", rules: [{ to: [{ operation: { methods: ["GET"] } }] }] })],
      { port: 5432 },
      "denied",
    ],
    ["an authorizer's word", [authorization({ action: "CUSTOM", rules: [{}] })], {}, "undecided"],
    ["UDP, which no sidecar takes", [authorization({})], { transport: "UDP" }, "allowed"],
    [
      "probes of the node",
      [strict, authorization({})],
      { from: { kind: "entity", entity: "host" } },
      "allowed",
    ],
  ])("%s", (_, objects, flow, verdict) => {
    expect(ask(objects, { from: web, to: ledger, ...flow }).called?.verdict).toBe(verdict);
  });

  test("cluster.local in a principal means the mesh's trust domain", () => {
    expect(
      ask(
        [authorization(from("cluster.local/ns/shop/sa/web"))],
        { from: web, to: ledger },
        { trustDomain: "acme.test" },
      ).verdict,
    ).toBe("allowed");
  });
  test("a DestinationRule without mutual TLS leaves the caller without an account", () => {
    const plain = istio("networking", "DestinationRule", "bank", {
      host: "ledger",
      trafficPolicy: { tls: { mode: "DISABLE" } },
    });

    expect(ask([strict, plain], { from: web, to: ledger }).called).toMatchObject({
      verdict: "denied",
      by: ["PeerAuthentication istio-system/it"],
    });
  });
});

/** istio/istio 1.29.6, pilot/pkg/security/authz/model/generator.go (srcNamespaceGenerator quotes it) and model.go (unknown attribute). */
test.each([
  ["a dot in a namespace is a dot", { rules: [{ from: [{ source: { namespaces: ["s.op"] } }] }] }, "denied"],
  ["a star is anything", { rules: [{ from: [{ source: { namespaces: ["s*p"] } }] }] }, "allowed"],
  [
    "trust domains of a source are read by later versions only",
    { rules: [{ from: [{ source: { trustDomains: ["cluster.local"] } }] }] },
    "undecided",
  ],
  [
    "a rule with a condition that it does not know is left out",
    { rules: [{ when: [{ key: "source.trustDomain", values: ["cluster.local"] }] }] },
    "denied",
  ],
])("%s", (_, spec, verdict) => {
  expect(ask([authorization(spec)], { from: web, to: ledger }).called?.verdict).toBe(verdict);
});

test("pods without a sidecar on either end are not the mesh's", () => {
  expect(ask([strict, authorization({}, "istio-system")], { from: old, to: old })).toEqual({
    verdict: "allowed",
  });
});

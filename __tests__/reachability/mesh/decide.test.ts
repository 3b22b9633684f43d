import { fromJson } from "../../../src/guardrails/read/expression";
import { decideMesh, type MeshFlow } from "../../../src/reachability/mesh/decide";
import { meshWorld } from "../../../src/reachability/mesh/mesh-world";
import type { Peer } from "../../../src/reachability/policy/peers";
import { pods } from "../policy/worlds";

const istio = (group: string, kind: string, namespace: string, spec: object) => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  metadata: { name: "it", namespace },
  spec,
});
const sidecar = (namespace: string, hosts: string[], more: object = {}) =>
  istio("networking", "Sidecar", namespace, { egress: [{ hosts }], ...more });
const authorization = (spec: object, namespace = "bank") =>
  istio("security", "AuthorizationPolicy", namespace, spec);
const strict = istio("security", "PeerAuthentication", "istio-system", { mtls: { mode: "STRICT" } });
const from = (...principals: string[]) => ({ rules: [{ from: [{ source: { principals } }] }] });

const namespace = (name: string, labels = {}) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
const service = (name: string, space: string, ports: object[]) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: space },
  spec: { selector: { app: name }, ports },
});
const base = [
  namespace("shop", { "istio-injection": "enabled" }),
  namespace("bank", { "istio-injection": "enabled" }),
  namespace("plain"),
  service("ledger", "bank", [
    { name: "http", port: 80, targetPort: 8080 },
    { name: "tcp-db", port: 5432 },
  ]),
];
const web = pods("shop/web", "web", { serviceAccount: "web", address: "10.0.0.1" });
const ledger = pods("bank/ledger", "ledger", { address: "10.0.0.2" });
const old = pods("plain/old", "old", { address: "10.0.0.3" });

function ask(objects: object[], flow: Partial<MeshFlow> & { from: Peer; to: Peer }, meshConfig = {}) {
  const world = meshWorld(
    [...base, ...objects].map(fromJson),
    fromJson({ meshConfig: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" }, ...meshConfig } }),
  );
  return decideMesh(world, { port: 8080, transport: "TCP", ...flow });
}
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

  /** istio/istio 1.29.6, pilot/pkg/xds/endpoints/mtls_checker.go and pilot/pkg/model/push_context.go, `destinationRule`. */
  describe("a DestinationRule", () => {
    const rule = (namespace: string, spec: object) =>
      istio("networking", "DestinationRule", namespace, {
        host: "ledger.bank.svc.cluster.local",
        ...spec,
      });
    const plain = { tls: { mode: "DISABLE" } };
    const port = (number: number) => ({ portLevelSettings: [{ port: { number }, ...plain }] });
    const mutual = { tls: { mode: "ISTIO_MUTUAL" } };

    test.each<[string, object[], string]>([
      ["of the port turns mutual TLS off", [rule("bank", { trafficPolicy: port(80) })], "denied"],
      ["of another port does not", [rule("bank", { trafficPolicy: port(5432) })], "allowed"],
      ["of a subset does for the subset", [rule("bank", { subsets: [{ trafficPolicy: plain }] })], "denied"],
      ["of the caller's namespace does", [rule("shop", { trafficPolicy: plain })], "denied"],
      ["of a third namespace is not looked at", [rule("plain", { trafficPolicy: plain })], "allowed"],
      [
        "of the caller's namespace counts before that of the service",
        [rule("shop", { trafficPolicy: mutual }), rule("bank", { trafficPolicy: plain })],
        "allowed",
      ],
      [
        "that stays in the service's namespace is not the caller's",
        [rule("bank", { trafficPolicy: plain, exportTo: ["."] })],
        "allowed",
      ],
      [
        "with a star counts behind that of the name",
        [rule("bank", { host: "*.svc.cluster.local", trafficPolicy: plain }), rule("bank", {})],
        "allowed",
      ],
    ])("%s", (_, rules, verdict) => {
      expect(ask([strict, ...rules], { from: web, to: ledger }).verdict).toBe(verdict);
    });
  });

  test("callers speak no mutual TLS to pods whose label turns it off", () => {
    const off = { ...ledger, labels: { ...ledger.labels, "security.istio.io/tlsMode": "disabled" } };

    expect(ask([strict], { from: web, to: off }).called?.verdict).toBe("denied");
  });

  test("a port that bypasses the called sidecar gets mutual TLS that nobody ends, but from callers without a sidecar", () => {
    const open = {
      ...ledger,
      annotations: { "traffic.sidecar.istio.io/excludeInboundPorts": "8080" },
    } as typeof ledger;
    const plain = istio("security", "PeerAuthentication", "bank", { mtls: { mode: "DISABLE" } });

    expect(ask([], { from: web, to: open }).called).toMatchObject({
      verdict: "denied",
      why: "a port that bypasses the sidecar, and the caller speaks mutual TLS, which nobody ends there",
    });
    expect(ask([plain], { from: web, to: open }).called?.verdict).toBe("allowed");
    expect(ask([], { from: old, to: open }).called?.verdict).toBe("allowed");
  });

  test("probes that the injector does not rewrite come without mutual TLS", () => {
    const host: Peer = { kind: "entity", entity: "host" };
    const own = {
      ...ledger,
      annotations: { "sidecar.istio.io/rewriteAppHTTPProbers": "false" },
    } as typeof ledger;

    expect(ask([strict], { from: host, to: own }).called?.verdict).toBe("denied");
    expect(ask([], { from: host, to: own }).called?.verdict).toBe("allowed");
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

test("ambient pods are undecided: nothing here stands in for ztunnel", () => {
  const ambient = { ...ledger, labels: { ...ledger.labels, "istio.io/dataplane-mode": "ambient" } };

  expect(ask([], { from: web, to: ambient }).verdict).toBe("undecided");
});

import type { MeshFlow } from "../../../src/reachability/mesh/mesh-flow";
import type { Peer } from "../../../src/reachability/policy/peers";
import { ask, authorization, from, istio, ledger, old, strict, web } from "./meshes";

const AMBIENT = { "istio.io/dataplane-mode": "ambient", "sidecar.istio.io/inject": "false" };
const caller = { ...web, labels: { ...web.labels, ...AMBIENT } };
const called = { ...ledger, labels: { ...ledger.labels, ...AMBIENT } };
const gateway = { ...old, labels: { istio: "ingressgateway" } };
const kubelet: Peer = { kind: "entity", entity: "host" };
const custom = authorization({ action: "CUSTOM", provider: { name: "p" }, rules: [{}] });
const byPath = { to: [{ operation: { paths: ["/v1/*"] } }] };

// istio/istio 1.29.6: pilot/pkg/serviceregistry/ambient/authorization.go (what ztunnel is told), pilot/pkg/xds/endpoints/endpoint_builder.go
// (who speaks HBONE), cni/pkg/iptables/iptables.go (probes).
test.each<[string, object[], Partial<MeshFlow> & { from: Peer; to: Peer }, string, boolean]>([
  ["lets ambient pods call each other by a tunnel", [strict], { from: caller, to: called }, "allowed", true],
  ["lets a gateway call ambient pods by a tunnel", [strict], { from: gateway, to: called }, "allowed", true],
  ["lets pods of no mesh come by plain text", [], { from: old, to: called }, "allowed", false],
  ["refuses plain text where it takes mutual TLS only", [strict], { from: old, to: called }, "denied", false],
  ["lets probes pass", [strict, authorization({})], { from: kubelet, to: called }, "allowed", false],
  ["lets ambient pods call others plainly", [], { from: caller, to: old }, "allowed", false],
  ["takes no UDP", [strict], { from: old, to: called, transport: "UDP" }, "allowed", false],
  [
    "takes no pods of the host network",
    [],
    { from: caller, to: { ...called, hostNetwork: true } },
    "allowed",
    false,
  ],
  [
    "knows callers by their identity",
    [authorization(from("cluster.local/ns/shop/sa/web"))],
    { from: caller, to: called },
    "allowed",
    true,
  ],
  [
    "refuses other identities",
    [authorization(from("cluster.local/ns/shop/sa/other"))],
    { from: caller, to: called },
    "denied",
    true,
  ],
  ["asks no authorizer", [custom], { from: caller, to: called }, "allowed", true],
  [
    "forgets an allow by path",
    [authorization({ rules: [byPath] })],
    { from: caller, to: called },
    "denied",
    true,
  ],
  [
    "denies all requests by a deny of some paths",
    [authorization({ action: "DENY", rules: [byPath] })],
    { from: caller, to: called },
    "denied",
    true,
  ],
  [
    "forgets an allow by the address before a proxy",
    [authorization({ rules: [{ from: [{ source: { remoteIpBlocks: ["0.0.0.0/0"] } }] }] })],
    { from: caller, to: called },
    "denied",
    true,
  ],
  [
    "takes mutual TLS only on a port",
    [
      istio("security", "PeerAuthentication", "bank", {
        selector: { matchLabels: { app: "ledger" } },
        portLevelMtls: { 8080: { mode: "STRICT" } },
      }),
    ],
    { from: old, to: called },
    "denied",
    false,
  ],
])("ztunnel %s", (_, objects, flow, verdict, hbone) => {
  expect(ask(objects, flow)).toMatchObject({ verdict, hbone });
});

test("calls between sidecars and ambient pods are undecided", () => {
  expect(ask([], { from: web, to: called }).verdict).toBe("undecided");
});

test("calls through a waypoint are undecided", () => {
  const behind = { ...called, labels: { ...called.labels, "istio.io/use-waypoint": "waypoint" } };

  expect(ask([], { from: caller, to: behind }).verdict).toBe("undecided");
});

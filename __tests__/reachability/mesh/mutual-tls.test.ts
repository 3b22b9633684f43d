import type { Peer } from "../../../src/reachability/policy/peers";
import { ask, istio, ledger, old, strict, web } from "./meshes";

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

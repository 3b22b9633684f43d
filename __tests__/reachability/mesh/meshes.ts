import { fromJson } from "../../../src/guardrails/read/expression";
import { decideMesh } from "../../../src/reachability/mesh/decide";
import type { MeshFlow } from "../../../src/reachability/mesh/mesh-flow";
import { meshWorld } from "../../../src/reachability/mesh/mesh-world";
import type { Peer } from "../../../src/reachability/policy/peers";
import { pods } from "../policy/worlds";

export const istio = (group: string, kind: string, namespace: string, spec: object) => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  metadata: { name: "it", namespace },
  spec,
});
export const sidecar = (namespace: string, hosts: string[], more: object = {}) =>
  istio("networking", "Sidecar", namespace, { egress: [{ hosts }], ...more });
export const authorization = (spec: object, namespace = "bank") =>
  istio("security", "AuthorizationPolicy", namespace, spec);
export const strict = istio("security", "PeerAuthentication", "istio-system", { mtls: { mode: "STRICT" } });
export const from = (...principals: string[]) => ({ rules: [{ from: [{ source: { principals } }] }] });

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
export const base = [
  namespace("shop", { "istio-injection": "enabled" }),
  namespace("bank", { "istio-injection": "enabled" }),
  namespace("plain"),
  service("ledger", "bank", [
    { name: "http", port: 80, targetPort: 8080 },
    { name: "tcp-db", port: 5432 },
  ]),
];
export const web = pods("shop/web", "web", { serviceAccount: "web", address: "10.0.0.1" });
export const ledger = pods("bank/ledger", "ledger", { address: "10.0.0.2" });
export const old = pods("plain/old", "old", { address: "10.0.0.3" });

export function ask(objects: object[], flow: Partial<MeshFlow> & { from: Peer; to: Peer }, meshConfig = {}) {
  const world = meshWorld(
    [...base, ...objects].map(fromJson),
    fromJson({ meshConfig: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" }, ...meshConfig } }),
  );
  return decideMesh(world, { port: 8080, transport: "TCP", ...flow });
}

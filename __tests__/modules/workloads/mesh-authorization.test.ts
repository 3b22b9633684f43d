import type { MeshCaller } from "../../../src/modules/mesh/mesh-callers";
import { meshAccess } from "../../../src/modules/workloads/mesh-authorization";
import { aWorkload } from "../../support/workload";

const workload = aWorkload({});

function access(callers: readonly MeshCaller[], over: { strict?: boolean; deniesByDefault?: boolean } = {}) {
  return meshAccess(workload, {
    trustDomain: "acme.internal",
    strict: true,
    deniesByDefault: true,
    callers,
    ...over,
  });
}
const rules = (callers: readonly MeshCaller[]): unknown =>
  (access(callers)["mesh-callers"]?.spec as { rules: unknown } | undefined)?.rules;
const account = (name: string, ...ports: number[]): MeshCaller => ({
  kind: "account",
  namespace: "shop",
  account: name,
  ports,
});
const edge = (...ports: number[]): MeshCaller => ({ kind: "namespace", namespace: "edge", ports });
const balancer = (...ports: number[]): MeshCaller => ({ kind: "ranges", ranges: ["10.0.16.0/22"], ports });
const principal = (name: string) => `acme.internal/ns/shop/sa/${name}`;
const to = (...numbers: string[]) => [{ operation: { ports: numbers } }];

test("a service without callers has no policy", () => {
  expect(access([])).toEqual({});
});

test("each caller has the ports that it names, and no other's", () => {
  expect(
    rules([account("front", 8080), account("back", 8080), account("operator", 9090), edge(8080)]),
  ).toEqual([
    {
      from: [
        { source: { principals: [principal("back"), principal("front")] } },
        { source: { namespaces: ["edge"] } },
      ],
      to: to("8080"),
    },
    { from: [{ source: { principals: [principal("operator")] } }], to: to("9090") },
  ]);
});

test("a caller that says it twice is named once", () => {
  expect(rules([account("front", 8080), account("front", 8080)])).toEqual([
    { from: [{ source: { principals: [principal("front")] } }], to: to("8080") },
  ]);
});

test("who has no identity is known by address, and its ports take plain text beside mutual TLS", () => {
  const all = access([balancer(8080, 9090), edge(8081)]);

  expect(all["mesh-callers"]).toHaveProperty("spec.rules", [
    { from: [{ source: { ipBlocks: ["10.0.16.0/22"] } }], to: to("8080", "9090") },
    { from: [{ source: { namespaces: ["edge"] } }], to: to("8081") },
  ]);
  expect(all["mesh-plain-text"]).toMatchObject({
    kind: "PeerAuthentication",
    spec: {
      selector: { matchLabels: { app: workload.app } },
      mtls: { mode: "STRICT" },
      portLevelMtls: { "8080": { mode: "PERMISSIVE" }, "9090": { mode: "PERMISSIVE" } },
    },
  });
});

test("a mesh that takes plain text anyway has no exception, and one without default deny no rule", () => {
  expect(Object.keys(access([balancer(8080)], { strict: false }))).toEqual(["mesh-callers"]);
  expect(Object.keys(access([balancer(8080)], { deniesByDefault: false }))).toEqual(["mesh-plain-text"]);
  expect(access([edge(8080)], { strict: false, deniesByDefault: false })).toEqual({});
});

import { meshAuthorization, type MeshCallers } from "../../../src/modules/workloads/mesh-authorization";
import { aWorkload } from "../../support/workload";

const workload = aWorkload({
  ports: [
    { name: "http", port: 80, targetPort: 8080, protocol: "http" },
    { name: "admin", port: 81, targetPort: 9090, protocol: "http" },
  ],
});

/** Rules for callers of the service: who, and to which ports of the pods. */
function rules(callers: Partial<MeshCallers>): unknown {
  const all = { trustDomain: "acme.internal", services: [], namespaces: [], ...callers };
  return meshAuthorization(workload, all)?.spec?.["rules" as never];
}
const principal = (name: string) => `acme.internal/ns/shop/sa/${name}`;
const ports = (...numbers: string[]) => [{ operation: { ports: numbers } }];

test("nobody calls it: there is nothing to allow", () => {
  expect(meshAuthorization(workload, { trustDomain: "acme.internal", services: [], namespaces: [] })).toBe(
    undefined,
  );
});

test("who names no port has all of them", () => {
  expect(
    rules({ services: [{ namespace: "shop", name: "front" }], namespaces: [{ namespace: "edge" }] }),
  ).toEqual([
    {
      from: [{ source: { principals: [principal("front")] } }, { source: { namespaces: ["edge"] } }],
      to: ports("8080", "9090"),
    },
  ]);
});

test("each caller has the ports that it names, and no other's", () => {
  expect(
    rules({
      services: [
        { namespace: "shop", name: "front", ports: ["http"] },
        { namespace: "shop", name: "back", ports: ["http"] },
        { namespace: "shop", name: "operator", ports: ["admin"] },
      ],
      namespaces: [{ namespace: "edge", ports: ["http"] }],
    }),
  ).toEqual([
    {
      from: [
        { source: { principals: [principal("back"), principal("front")] } },
        { source: { namespaces: ["edge"] } },
      ],
      to: ports("8080"),
    },
    { from: [{ source: { principals: [principal("operator")] } }], to: ports("9090") },
  ]);
});

test("a caller that says it twice is named once", () => {
  const front = { namespace: "shop", name: "front", ports: ["http"] };

  expect(rules({ services: [front, front] })).toEqual([
    { from: [{ source: { principals: [principal("front")] } }], to: ports("8080") },
  ]);
});

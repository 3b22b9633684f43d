import { aTarget } from "../../support/fixtures";
import { reachOf, unmet } from "../support";

const MESH =
  "mesh: { kind: istio, id: a, trustDomain: a.b, allow: { open: { namespace: stock, from: [web] } } }\n";
const INJECTED = "labels: { istio-injection: enabled }, ";

/** Declared calls of web to stock: those that are needs, and those that do not pass. */
function declared(web: string, stock: string, mesh = "") {
  const labels = mesh === "" ? "" : INJECTED;
  const { judged } = reachOf(
    aTarget(`${mesh}namespaces:
  web: { ${labels}allow: [${web}] }
  stock: { ${labels}allow: [${stock}] }
`),
  );
  const calls = judged.filter(({ need }) => need.kind === "declared call");
  return { unmet: unmet(calls), ports: calls.map(({ need }) => `${need.port}/${need.protocol}`).sort() };
}

// Each end opens what it declares. Only what both do passes, and a check says which end is missing.
test.each([
  [
    "two ports, of which the other end opens one",
    [
      "{ to: { namespace: stock, port: 9090 } }, { to: { namespace: stock, port: 9443 } }",
      "{ from: { namespace: web, port: 9090 } }",
    ],
    ["9090/TCP", "9090/TCP"],
  ],
  [
    "the same number, which the other end opens by another protocol",
    ["{ to: { namespace: stock, port: 9090, protocol: UDP } }", "{ from: { namespace: web, port: 9090 } }"],
    ["9090/TCP"],
  ],
] as const)("a need is what both namespaces open: %s", (_, [web, stock], ports) => {
  expect(declared(web, stock).ports).toEqual(ports);
});

test("what both ends open is met", () => {
  const one = declared(
    "{ to: { namespace: stock, port: 9090 } }",
    "{ from: { namespace: web, port: 9090 } }",
  );

  expect(one).toEqual({ unmet: [], ports: ["9090/TCP", "9090/TCP"] });
});

test("all ports, which mesh.allow opens at both ends, have in them the one that a namespace names", () => {
  const { unmet: denied, ports } = declared("{ to: { namespace: stock, port: 9090 } }", "", MESH);

  expect(ports).toEqual(["8080/TCP", "9090/TCP"]);
  expect(denied).toEqual([]);
});

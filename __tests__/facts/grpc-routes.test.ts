import { isGrpcRoute } from "../../src/facts/grpc-routes";

const owner = {
  name: "orders",
  namespace: "payments",
  ports: [
    { port: 80, protocol: "http" },
    { port: 50051, protocol: "grpc" },
    { port: 5432, protocol: "tcp" },
  ],
};
const to = (port?: number, service = "orders", namespace = "payments") => ({
  match: { kind: "any" },
  action: {
    kind: "forward" as const,
    to: [{ service, namespace, ...(port !== undefined && { port }) }],
  },
});

test.each([
  ["leads to the port that speaks it", to(50051), true],
  ["leads to another port", to(80), false],
  ["leads to any port, some of which speak HTTP", to(), false],
  ["names a method", { ...to(80), match: { kind: "grpc-method" } }, true],
  ["leads to a service of the same name elsewhere", to(50051, "orders", "archive"), false],
  ["leads to another service, of whose ports nothing is known", to(50051, "ledger"), false],
])("whether a route is for gRPC where it %s", (_, route, grpc) => {
  expect(isGrpcRoute(route, owner)).toBe(grpc);
});

test("a redirect of a service that speaks gRPC alone is one of gRPC", () => {
  const redirect = { match: { kind: "any" }, action: { kind: "redirect" as const } };

  expect(isGrpcRoute(redirect, { ...owner, ports: owner.ports.slice(1) })).toBe(true);
  expect(isGrpcRoute(redirect, owner)).toBe(false);
});

import { portMatch } from "../../../src/reachability/policy/ports";

// cilium/cilium v1.18.11, pkg/policy/api/rule_validation.go, PortProtocol.sanitize: a port has to be there, and has 16 bits.
test.each([
  ["above 65535", "65536"],
  ["below 0", -1],
  ["that is missing", undefined],
])("a port %s is refused, as Cilium refuses it", (_, port) => {
  expect(() => portMatch(port, undefined, "TCP")).toThrow(/the port/);
});

test("the last port is taken", () => {
  expect(portMatch("65535", undefined, "TCP")).toEqual({
    protocol: "TCP",
    ports: { kind: "range", from: 65535, to: 65535 },
  });
});

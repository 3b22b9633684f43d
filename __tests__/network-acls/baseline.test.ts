import fc from "fast-check";
import { type AclTier, baselineRules, largestRuleCount } from "../../src/network-acls/baseline";
import { type Connection, connects, decide, type Range } from "../../src/network-acls/rules";

const range = (cidr: string): Range => ({ family: cidr.includes(":") ? "ipv6" : "ipv4", cidr });
const VPC = range("10.0.0.0/16");
const ON_PREMISES = range("10.200.0.0/14");
const input = {
  internal: [VPC, ON_PREMISES],
  own: [VPC],
  ipv6: false,
  ingressPorts: [],
  egressPorts: [],
};

const CLIENT = "203.0.113.9";
const INTERNET = "198.51.100.20";
const IN_VPC = "10.0.33.5";
const OFFICE = "10.201.4.5";

const called = (peer: string, port: number, protocol: "tcp" | "udp" = "tcp"): Connection => ({
  protocol,
  peer,
  from: "peer",
  port,
  ephemeralPort: 49152,
});
const calls = (peer: string, port: number, protocol: "tcp" | "udp" = "tcp"): Connection => ({
  ...called(peer, port, protocol),
  from: "subnet",
});

// VPC User Guide, "Ephemeral ports": ACLs are stateless, so answers need rules of their own.
describe("what must pass passes", () => {
  test.each<[string, AclTier, Connection]>([
    ["a client to a load balancer", "public", called(CLIENT, 443)],
    ["a client to its redirect", "public", called(CLIENT, 80)],
    ["a client to a listener above 1023", "public", called(CLIENT, 8443)],
    ["a load balancer to a node port", "public", calls(IN_VPC, 30080)],
    ["a load balancer to a pod", "public", calls(IN_VPC, 80)],
    ["a node to its NAT gateway", "public", called(IN_VPC, 443)],
    ["a NAT gateway to the internet", "public", calls(INTERNET, 443)],
    ["a NAT gateway to a name server", "public", calls(INTERNET, 53, "udp")],
    ["a node to the internet, or to S3 by its gateway endpoint", "nodes", calls(INTERNET, 443)],
    ["a pod to a service above 1023 in the internet", "nodes", calls(INTERNET, 5432)],
    ["a node to a time server", "nodes", calls(INTERNET, 123, "udp")],
    ["CoreDNS to a name server, by TCP", "nodes", calls(INTERNET, 53)],
    ["a client that a load balancer brings to a node port", "nodes", called(CLIENT, 30443)],
    ["a client that a load balancer brings to a pod", "nodes", called(CLIENT, 443)],
    ["a node to the API server", "nodes", calls(IN_VPC, 443)],
    ["the API server to a kubelet", "nodes", called(IN_VPC, 10250)],
    ["a node to a node, VXLAN", "nodes", calls(IN_VPC, 8472, "udp")],
    ["a pod to a mail server on premises", "nodes", calls(OFFICE, 25)],
    ["somebody on premises to a service", "nodes", called(OFFICE, 443)],
    ["the API server from a node", "controlPlane", called(IN_VPC, 443)],
    ["the API server from kubectl on premises", "controlPlane", called(OFFICE, 443)],
    ["the API server to a webhook", "controlPlane", calls(IN_VPC, 9443)],
    ["the API server to a kubelet", "controlPlane", calls(IN_VPC, 10250)],
  ])("%s (%s)", (_what, tier, connection) => {
    expect(connects(baselineRules(tier, input), connection)).toBe(true);
  });

  const ephemeral = fc.integer({ min: 1024, max: 65535 });

  test.each<[AclTier, Connection]>([
    ["public", calls(INTERNET, 443)],
    ["public", called(CLIENT, 443)],
    ["nodes", calls(INTERNET, 443)],
    ["nodes", called(CLIENT, 30443)],
    ["controlPlane", called(IN_VPC, 443)],
  ])("whatever ephemeral port is chosen (%s)", (tier, connection) => {
    const rules = baselineRules(tier, input);

    fc.assert(fc.property(ephemeral, (ephemeralPort) => connects(rules, { ...connection, ephemeralPort })));
  });

  test("messages that a packet is too large, from anywhere", () => {
    for (const tier of ["public", "nodes"] as const) {
      const { ingress, egress } = baselineRules(tier, input);
      const tooLarge = { protocol: "icmp", address: INTERNET, icmpType: 3 } as const;
      expect([decide(ingress, tooLarge), decide(egress, tooLarge)]).toEqual(["allow", "allow"]);
    }
  });

  test("any protocol inside the VPC, such as WireGuard or ICMP", () => {
    const { ingress } = baselineRules("nodes", input);

    expect(decide(ingress, { protocol: "icmp", address: IN_VPC, icmpType: 8 })).toBe("allow");
    expect(decide(ingress, { protocol: "other", address: IN_VPC })).toBe("allow");
  });

  test("ports below 1024 that were asked for", () => {
    const more = { ...input, ingressPorts: [636], egressPorts: [587] };

    expect(connects(baselineRules("public", more), called(CLIENT, 636))).toBe(true);
    expect(connects(baselineRules("nodes", more), calls(INTERNET, 587))).toBe(true);
    expect(connects(baselineRules("nodes", input), calls(INTERNET, 587))).toBe(false);
  });
});

describe("what must not pass is dropped", () => {
  test.each<[string, AclTier, Connection]>([
    ["SSH from the internet to a node", "nodes", called(INTERNET, 22)],
    ["SSH from the internet to a public subnet", "public", called(INTERNET, 22)],
    ["SMB from the internet", "nodes", called(INTERNET, 445)],
    ["a pod that sends mail to the world", "nodes", calls(INTERNET, 25)],
    ["a pod that opens SSH to the world", "nodes", calls(INTERNET, 22)],
    ["mail past the NAT gateway", "public", calls(INTERNET, 25)],
    ["somebody on premises to a public subnet, which has no route back", "public", called(OFFICE, 22)],
    ["the internet to the control plane", "controlPlane", called(INTERNET, 443)],
    ["the control plane to the internet", "controlPlane", calls(INTERNET, 443)],
    ["a network that is not connected", "controlPlane", called("10.99.0.5", 443)],
  ])("%s (%s)", (_what, tier, connection) => {
    expect(connects(baselineRules(tier, input), connection)).toBe(false);
  });

  test("pings and other protocols of the world", () => {
    const { ingress, egress } = baselineRules("public", input);

    expect(decide(ingress, { protocol: "icmp", address: INTERNET, icmpType: 8 })).toBe("deny");
    expect(decide(egress, { protocol: "other", address: INTERNET })).toBe("deny");
  });
});

describe("with IPv6", () => {
  const dual = { ...input, ipv6: true, internal: [...input.internal, range("2001:db8:1::/56")] };

  test.each<[string, AclTier, Connection]>([
    ["a client to a load balancer", "public", called("2001:db8:ffff::9", 443)],
    ["a pod to the internet", "nodes", calls("2001:db8:ffff::9", 443)],
    ["a node to the API server", "controlPlane", called("2001:db8:1:22::5", 443)],
  ])("the same passes: %s (%s)", (_what, tier, connection) => {
    expect(connects(baselineRules(tier, dual), connection)).toBe(true);
  });

  test("the same is kept out", () => {
    expect(connects(baselineRules("nodes", dual), called("2001:db8:ffff::9", 22))).toBe(false);
  });
});

test("rule numbers are apart, so that one more fits between", () => {
  const { egress } = baselineRules("nodes", input);
  const numbers = egress.map(({ number }) => number);

  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number, index) => index === 0 || number - (numbers[index - 1] ?? 0) >= 10)).toBe(
    true,
  );
});

test("the count of rules is that of the largest direction, and AWS's last one", () => {
  // Egress: two ranges, TCP 53, 80 and 443, UDP 53 and 123, high TCP and UDP, ICMP.
  expect(largestRuleCount(input)).toBe(11);
  expect(largestRuleCount({ ...input, egressPorts: [587, 465] })).toBe(13);
});

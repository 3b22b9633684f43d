import { connects, decide, type Rule } from "../../src/network-acls/rules";

const world = { family: "ipv4", cidr: "0.0.0.0/0" } as const;
const office = { family: "ipv4", cidr: "198.51.100.0/24" } as const;
const https: Rule = {
  number: 200,
  action: "allow",
  protocol: "tcp",
  range: world,
  ports: { from: 443, to: 443 },
};
const high: Rule = { ...https, number: 300, ports: { from: 1024, to: 65535 } };

describe("a packet", () => {
  const packet = { protocol: "tcp", address: "198.51.100.7", port: 443 } as const;

  test("that no rule names is denied", () => {
    expect(decide([], packet)).toBe("deny");
  });

  test("is decided by the lowest number that fits, in whatever order rules come", () => {
    const deny: Rule = { ...https, number: 100, action: "deny", range: office };

    expect(decide([https, deny], packet)).toBe("deny");
    expect(decide([https, deny], { ...packet, address: "198.51.101.7" })).toBe("allow");
    expect(decide([https, { ...deny, number: 250 }], packet)).toBe("allow");
  });

  test.each([
    ["another port", { ...packet, port: 444 }],
    ["another protocol", { ...packet, protocol: "udp" as const }],
    ["another family", { ...packet, address: "2001:db8::1" }],
  ])("with %s does not fit", (_what, other) => {
    expect(decide([https], other)).toBe("deny");
  });

  test("of ICMP fits by its type, and -1 is every type", () => {
    const rule: Rule = { number: 100, action: "allow", protocol: "icmp", icmpType: 3, range: world };
    const echo = { protocol: "icmp", address: "198.51.100.7", icmpType: 8 } as const;

    expect(decide([rule], echo)).toBe("deny");
    expect(decide([rule], { ...echo, icmpType: 3 })).toBe("allow");
    expect(decide([{ ...rule, icmpType: -1 }], echo)).toBe("allow");
  });

  test("of IPv6 fits an IPv6 range, but none that AWS has yet to choose", () => {
    const inVpc = { protocol: "tcp", address: "2001:db8::1", port: 443 } as const;
    const v6 = (cidr: string): Rule => ({ ...https, range: { family: "ipv6", cidr } });

    expect(decide([v6("2001:db8::/56")], inVpc)).toBe("allow");
    expect(decide([v6("2001:db9::/56")], inVpc)).toBe("deny");
    expect(decide([v6("${module.vpc.vpc_ipv6_cidr_block}")], inVpc)).toBe("deny");
  });
});

describe("a connection", () => {
  const inbound = {
    protocol: "tcp",
    peer: "198.51.100.7",
    from: "peer",
    port: 443,
    ephemeralPort: 50000,
  } as const;

  test("needs its answers as much as its packets", () => {
    expect(connects({ ingress: [https], egress: [] }, inbound)).toBe(false);
    expect(connects({ ingress: [https], egress: [high] }, inbound)).toBe(true);
  });

  test("from the subnet goes out by its port and comes back by the ephemeral one", () => {
    const outbound = { ...inbound, from: "subnet" } as const;

    expect(connects({ ingress: [high], egress: [https] }, outbound)).toBe(true);
    expect(connects({ ingress: [https], egress: [high] }, outbound)).toBe(false);
  });
});

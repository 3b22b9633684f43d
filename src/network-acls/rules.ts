import { BlockList, isIPv6 } from "node:net";

export type Protocol = "all" | "tcp" | "udp" | "icmp" | "icmpv6";

/** A range of addresses. An IPv6 one may be a Terraform expression: AWS chooses a VPC's. */
export interface Range {
  readonly family: "ipv4" | "ipv6";
  readonly cidr: string;
}

/** One entry of a network ACL. The other end's range: the source for ingress, the destination for egress. */
export interface Rule {
  /** Rules are tried from the lowest number; the first that fits decides. */
  readonly number: number;
  readonly action: "allow" | "deny";
  readonly protocol: Protocol;
  readonly range: Range;
  /** For tcp and udp: destination ports, both included. */
  readonly ports?: { readonly from: number; readonly to: number };
  /** For icmp and icmpv6; -1 is every type. */
  readonly icmpType?: number;
}

export interface RuleSet {
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

/** A packet at the edge of a subnet, as a rule sees it: neither the own address nor the source port matters. */
export interface Packet {
  readonly protocol: Exclude<Protocol, "all"> | "other";
  /** The other end's address. */
  readonly address: string;
  /** Destination port of tcp and udp. */
  readonly port?: number;
  readonly icmpType?: number;
}

/** What AWS does with a packet. Stateless: an answer is a packet like any other, and what no rule names is denied. */
export function decide(rules: readonly Rule[], packet: Packet): "allow" | "deny" {
  const first = [...rules].sort((a, b) => a.number - b.number).find((rule) => fits(rule, packet));
  return first?.action ?? "deny";
}

/** A connection over the edge of a subnet. */
export interface Connection {
  readonly protocol: "tcp" | "udp";
  /** The end outside the subnet. */
  readonly peer: string;
  /** Who starts it. */
  readonly from: "subnet" | "peer";
  readonly port: number;
  /** Port of whoever starts it, where the answers go. */
  readonly ephemeralPort: number;
}

/** Whether a connection works: its packets pass, and so do the answers, which go to the ephemeral port. */
export function connects({ ingress, egress }: RuleSet, connection: Connection): boolean {
  const { protocol, peer: address, from, port, ephemeralPort } = connection;
  const request = { protocol, address, port };
  const answer = { protocol, address, port: ephemeralPort };
  const [inbound, outbound] = from === "peer" ? [request, answer] : [answer, request];
  return decide(ingress, inbound) === "allow" && decide(egress, outbound) === "allow";
}

function fits(rule: Rule, { protocol, address, port, icmpType }: Packet): boolean {
  if (rule.protocol !== "all" && rule.protocol !== protocol) return false;
  if (!isIn(rule.range, address)) return false;
  if (rule.ports && (port === undefined || port < rule.ports.from || port > rule.ports.to)) return false;
  return rule.icmpType === undefined || rule.icmpType === -1 || rule.icmpType === icmpType;
}

function isIn({ family, cidr }: Range, address: string): boolean {
  if (family !== (isIPv6(address) ? "ipv6" : "ipv4")) return false;
  const [base = "", prefix] = cidr.split("/");
  // Before AWS has chosen it, no address is in it.
  if (family === "ipv6" && !isIPv6(base)) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(prefix), family);
  return list.check(address, family);
}

import type { Range, Rule, RuleSet } from "./rules";

/** Kinds of subnets that have rules of their own. Pod subnets have those of nodes. */
export type AclTier = "public" | "nodes" | "controlPlane";

export interface BaselineInput {
  /** The VPC and every network that is connected with it. */
  readonly internal: readonly Range[];
  /** Of those, the VPC's own: public subnets have no routes to the others, so nothing could answer them from there. */
  readonly own: readonly Range[];
  /** Whether IPv6 leads into the internet and back. */
  readonly ipv6: boolean;
  /** TCP ports below 1024 that load balancers listen on, besides 80 and 443. */
  readonly ingressPorts: readonly number[];
  /** TCP ports below 1024 that are called in the internet, besides 80, 443 and DNS. */
  readonly egressPorts: readonly number[];
}

type Match = Pick<Rule, "protocol" | "ports" | "icmpType">;

const ALL: Match = { protocol: "all" };

const port = (protocol: "tcp" | "udp", number: number): Match => ({
  protocol,
  ports: { from: number, to: number },
});

/**
 * Answers, and services above 1023. No narrower: a NAT gateway answers from 1024 to 65535 (VPC User Guide, "Ephemeral
 * ports"), and so does a node that translates its pods' addresses. A hole in it, such as a denied 3389, would break
 * one connection in 64,512 by chance; a security group, which is stateful, is what closes a single port.
 */
const HIGH_PORTS: readonly Match[] = (["tcp", "udp"] as const).map((protocol) => ({
  protocol,
  ports: { from: 1024, to: 65535 },
}));

/** Tell a sender that its packets are too large: without them connections hang (RFC 1191, RFC 8201). */
const ICMP: Readonly<Record<Range["family"], Match>> = {
  ipv4: { protocol: "icmp", icmpType: 3 },
  ipv6: { protocol: "icmpv6", icmpType: -1 },
};

const WORLD: Readonly<Record<Range["family"], Range>> = {
  ipv4: { family: "ipv4", cidr: "0.0.0.0/0" },
  ipv6: { family: "ipv6", cidr: "::/0" },
};

/** AWS leaves gaps between rules by tens or hundreds, so that one can be put in by hand in an emergency. */
const STEP = 10;

/**
 * Rules that let pass what a cluster needs and close the rest: SSH, SMB, SMTP and whatever else lives below port 1024.
 *
 * Connected networks pass as they are, because security groups and network policies know them better. The control
 * plane's subnets know nothing else. Public and node subnets also let the world in by the listeners' ports (a network
 * load balancer that keeps client addresses brings them down to the nodes) and out to HTTP, HTTPS, DNS and NTP.
 */
export function baselineRules(tier: AclTier, input: BaselineInput): RuleSet {
  const known = tier === "public" ? input.own : input.internal;
  const internal = known.map((range) => ({ range, match: ALL }));
  if (tier === "controlPlane") return { ingress: numbered(internal), egress: numbered(internal) };
  const worlds = input.ipv6 ? [WORLD.ipv4, WORLD.ipv6] : [WORLD.ipv4];
  const toWorld = (matches: readonly Match[]) =>
    worlds.flatMap((range) => [...matches, ICMP[range.family]].map((match) => ({ range, match })));
  const tcp = (ports: readonly number[]) =>
    [...new Set([80, 443, ...ports])].sort((a, b) => a - b).map((each) => port("tcp", each));
  return {
    ingress: numbered([...internal, ...toWorld([...tcp(input.ingressPorts), ...HIGH_PORTS])]),
    egress: numbered([
      ...internal,
      ...toWorld([...tcp([53, ...input.egressPorts]), port("udp", 53), port("udp", 123), ...HIGH_PORTS]),
    ]),
  };
}

/** The most rules that one tier has in one direction, AWS's own last one ("deny everything else") included. */
export function largestRuleCount(input: BaselineInput): number {
  const { ingress, egress } = baselineRules("nodes", input);
  return Math.max(ingress.length, egress.length) + 1;
}

function numbered(entries: readonly { range: Range; match: Match }[]): Rule[] {
  return entries.map(({ range, match }, index) => ({
    number: 100 + index * STEP,
    action: "allow",
    range,
    ...match,
  }));
}

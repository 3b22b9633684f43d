import type { Decider, Verdict } from "../hop";
import { halves, type Range, shareOf } from "./ranges";

/** Ports of TCP or UDP, both included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** A rule about packets, of a network ACL or a security group. */
export interface PacketRule {
  readonly action: "allow" | "deny";
  readonly protocol: "any" | "tcp" | "udp" | "other";
  /** The far end; "any" for a rule that has been found to hold for it. */
  readonly range: Range | "any";
  /** Undefined: all, or not known. */
  readonly ports?: Ports | "unknown";
  readonly decider: Decider;
}

/** What happens to some of a flow's packets. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly by: Decider;
  /** Of some addresses of a public name, of which only one counts, and nobody knows which. */
  readonly some?: true;
}

export interface Packets {
  readonly protocol: "tcp" | "udp";
  readonly range: Range;
  readonly ports: Ports;
}

/**
 * The first rule that fits decides, for every packet apart: where a rule fits only some of them, the others go on.
 *
 * @param otherwise what happens to those that no rule fits
 */
export function firstMatch(rules: readonly PacketRule[], packets: Packets, otherwise: Outcome): Outcome[] {
  for (const [index, rule] of rules.entries()) {
    const { action, decider } = rule;
    const rest = (left: Packets) => firstMatch(rules.slice(index), left, otherwise);
    if (rule.protocol !== "any" && rule.protocol !== packets.protocol) continue;
    const share = rule.range === "any" ? "all" : shareOf(packets.range, rule.range);
    if (share === "none") continue;
    const among = rule.ports === "unknown" ? "unknown" : portsAmong(packets.ports, rule.ports);
    if (among === "none") continue;
    const here: Outcome = { verdict: action === "allow" ? "allowed" : "denied", by: decider };
    if (share === "unknown" || among === "unknown") {
      const others = firstMatch(rules.slice(index + 1), packets, otherwise);
      // Whatever the rule's value turns out to be, the same happens.
      return others.every(({ verdict }) => verdict === here.verdict)
        ? others
        : [{ verdict: "undecided", by: decider }];
    }
    if (among !== "all") return among.flatMap((ports) => rest({ ...packets, ports }));
    if (share === "all") return [here];
    const parts = halves(packets.range);
    if (parts === undefined) {
      const others = firstMatch(rules.slice(index + 1), packets, otherwise);
      if (others.every(({ verdict }) => verdict === here.verdict)) return others;
      return [here, ...others].map((each) => ({ ...each, some: true as const }));
    }
    return parts.flatMap((range) => rest({ ...packets, range }));
  }
  return [otherwise];
}

/** "all", "none", or the pieces that are wholly inside and outside. */
function portsAmong(ports: Ports, rule: Ports | undefined): "all" | "none" | readonly Ports[] {
  if (rule === undefined || (rule.from <= ports.from && ports.to <= rule.to)) return "all";
  if (rule.to < ports.from || ports.to < rule.from) return "none";
  const inside = { from: Math.max(rule.from, ports.from), to: Math.min(rule.to, ports.to) };
  return [
    ...(ports.from < inside.from ? [{ from: ports.from, to: inside.from - 1 }] : []),
    inside,
    ...(inside.to < ports.to ? [{ from: inside.to + 1, to: ports.to }] : []),
  ];
}

/** All packets of a flow have to pass; what happens to some addresses of a public name only leaves it open. */
export function together(outcomes: readonly Outcome[]): Outcome & { readonly all: readonly Decider[] } {
  const verdicts = outcomes.map(({ verdict, some }) =>
    some === true && verdict === "denied" ? ("undecided" as const) : verdict,
  );
  const verdict = verdicts.includes("denied")
    ? "denied"
    : verdicts.includes("undecided")
      ? "undecided"
      : "allowed";
  const deciding = outcomes.filter((_, index) => verdicts[index] === verdict);
  const all = [...new Map(deciding.map(({ by }) => [`${by.stack}/${by.address}`, by])).values()];
  return { verdict, by: all[0] ?? { stack: "", address: "" }, all };
}

import { hop, type Hop, type HopKind, type Verdict } from "../hop";
import { firstMatch, type Ports, together } from "./first-match";
import { rulesTowards } from "./groups";
import { deciderOf, type Key } from "./keys";
import type { Subnet } from "./network";
import type { FlowProtocol } from "./places";
import { type Range, rangeKey, rangeText } from "./ranges";
import { onceOf } from "./once";
import type { VpcWorld } from "./world";

const once = onceOf<Hop>();

/**
 * Ports that answers go to. Clients differ; a NAT gateway, a load balancer and a node that translates pods' addresses
 * take any of these (VPC User Guide, "Ephemeral ports").
 */
export const EPHEMERAL: Ports = { from: 1024, to: 65535 };

const VERBS: Readonly<Record<Verdict, string>> = {
  allowed: "lets through",
  denied: "stops",
  undecided: "may stop",
};

function packetsText(protocol: FlowProtocol, ports: Ports): string {
  return ports.from === ports.to ? `${protocol} ${ports.from}` : `${protocol} ${ports.from}-${ports.to}`;
}

/** One direction of packets at the edge of a subnet. */
export function aclHop(
  at: HopKind,
  subnet: Subnet,
  direction: "ingress" | "egress",
  far: Range,
  packets: { readonly protocol: FlowProtocol; readonly ports: Ports },
  world: VpcWorld,
): Hop {
  const { protocol, ports } = packets;
  const acl = world.network.aclOf(subnet).key;
  const key = `${at} ${acl} ${direction} ${rangeKey(far)} ${protocol} ${ports.from}-${ports.to}`;
  return once(world, key, (): Hop => aclDecision(at, subnet, direction, far, packets, world));
}

function aclDecision(
  at: HopKind,
  subnet: Subnet,
  direction: "ingress" | "egress",
  far: Range,
  packets: { readonly protocol: FlowProtocol; readonly ports: Ports },
  { network }: VpcWorld,
): Hop {
  const acl = network.aclOf(subnet);
  const outcomes = firstMatch(
    acl[direction],
    { ...packets, range: far },
    { verdict: "denied", by: deciderOf(acl.key) },
  );
  const { verdict, all } = together(outcomes);
  const way = direction === "egress" ? `to ${rangeText(far)}` : `from ${rangeText(far)}`;
  const { address } = deciderOf(acl.key);
  return hop(
    at,
    verdict,
    all,
    `${address} ${VERBS[verdict]} ${packetsText(packets.protocol, packets.ports)} ${way}`,
  );
}

/** The far end of a security group's rule. */
export interface FarEnd {
  readonly range: Range;
  /** Undefined where the stacks make no such interface, or where the other network is in between. */
  readonly groups?: readonly Key[];
}

/** Security groups of an interface: any rule of any group lets a flow through, and the way back comes along. */
export function groupHop(
  direction: "ingress" | "egress",
  own: readonly Key[],
  far: FarEnd,
  protocol: FlowProtocol,
  port: number,
  world: VpcWorld,
): Hop {
  const groups = far.groups?.join() ?? "none";
  const key = `${direction} ${own.join()} ${groups} ${rangeKey(far.range)} ${protocol} ${port}`;
  return once(world, key, (): Hop => groupDecision(direction, own, far, protocol, port, world));
}

function groupDecision(
  direction: "ingress" | "egress",
  own: readonly Key[],
  far: FarEnd,
  protocol: FlowProtocol,
  port: number,
  { groups }: VpcWorld,
): Hop {
  const at = direction === "egress" ? "security group of the sender" : "security group of the receiver";
  const unread = own.filter((key) => !groups.has(key));
  const ports = { from: port, to: port };
  const closing = (unread.length > 0 ? unread : own).map(deciderOf);
  const outcomes = firstMatch(
    rulesTowards(direction, own, far.groups, groups),
    { protocol, ports, range: far.range },
    { verdict: unread.length > 0 ? "undecided" : "denied", by: closing[0] ?? deciderOf("?security group") },
  );
  const { verdict, all } = together(outcomes);
  const way = direction === "egress" ? "to" : "from";
  const what = `${packetsText(protocol, ports)} ${way} ${rangeText(far.range)}`;
  if (verdict === "allowed") return hop(at, verdict, all, `${all[0]?.address ?? ""} lets through ${what}`);
  const names = closing.map(({ address }) => address).join(", ");
  return verdict === "denied"
    ? hop(at, verdict, closing, `no rule of ${names} lets through ${what}`)
    : hop(
        at,
        verdict,
        all,
        unread.length > 0
          ? `the rules of ${names} are not in the stacks`
          : `${names} may let through ${what}: a rule's far end is not known`,
      );
}

const RANK: Readonly<Record<Verdict, number>> = { denied: 0, undecided: 1, allowed: 2 };

/** Hops of several ways, all of which have to pass, as one: each kind by its worst. */
export function merged(ways: readonly (readonly Hop[])[]): Hop[] {
  const worst = new Map<HopKind, Set<Hop>>();
  for (const way of ways)
    for (const each of way) {
      const [one] = worst.get(each.at) ?? [];
      if (one === undefined || RANK[each.verdict] < RANK[one.verdict]) worst.set(each.at, new Set([each]));
      else if (each.verdict === one.verdict) worst.get(each.at)?.add(each);
    }
  return [...worst.values()].flatMap((hops) => {
    const [first] = hops;
    if (first === undefined || hops.size === 1) return [...hops];
    const deciding = [...hops].flatMap(({ by }) => by);
    const by = [...new Map(deciding.map((each) => [`${each.stack}/${each.address}`, each])).values()];
    return [{ ...first, by }];
  });
}

/** Where on its way a flow may end, in no order. */
export const hopKinds = [
  "service",
  /** How who calls learns of who is called: Prometheus by its monitors. */
  "discovery",
  "name resolution",
  "policy of the sender",
  "mesh of the sender",
  "source address",
  "security group of the sender",
  "network ACL out",
  "route out",
  "firewall",
  "nat",
  "transit gateway",
  "peering",
  "endpoint",
  "proxy",
  "network ACL in",
  "security group of the receiver",
  "mesh of the receiver",
  "policy of the receiver",
  "route back",
  "network ACL back",
] as const;

export type HopKind = (typeof hopKinds)[number];

export type Verdict = "allowed" | "denied" | "undecided";

/** A Terraform resource of a stack by its address, or a manifest as `kind/namespace/name`. */
export interface Decider {
  readonly stack: string;
  readonly address: string;
}

/** What one hop says of a flow. */
export interface Hop {
  readonly at: HopKind;
  readonly verdict: Verdict;
  /** What lets it through or denies it; where nothing lets it through, what closes. */
  readonly by: readonly Decider[];
  /** One sentence: what decides, or the value that is not known. */
  readonly says: string;
}

export function hop(at: HopKind, verdict: Verdict, by: readonly Decider[], says: string): Hop {
  return { at, verdict, by, says };
}

/** A flow passes where every hop lets it. Nothing that is not known counts as passed. */
export function verdictOf(hops: readonly Hop[]): Verdict {
  if (hops.some(({ verdict }) => verdict === "denied")) return "denied";
  return hops.every(({ verdict }) => verdict === "allowed") ? "allowed" : "undecided";
}

/** Where a flow ends: the first hop that denies it, else the first that nobody can decide. */
export function endOf(hops: readonly Hop[]): Hop | undefined {
  return (
    hops.find(({ verdict }) => verdict === "denied") ?? hops.find(({ verdict }) => verdict === "undecided")
  );
}

/** Of several ways the one that counts: the worst, or where one is enough, the best. */
export function chosenWay<Way>(
  ways: readonly Way[],
  hopsOf: (way: Way) => readonly Hop[],
  isOneEnough: boolean,
): Way | undefined {
  const order: readonly Verdict[] = isOneEnough
    ? ["allowed", "undecided", "denied"]
    : ["denied", "undecided", "allowed"];
  const [first] = order.flatMap((verdict) => ways.filter((each) => verdictOf(hopsOf(each)) === verdict));
  return first;
}

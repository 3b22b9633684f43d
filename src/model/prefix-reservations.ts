import { capacityPrefixes } from "../ip-capacity/capacity-report";
import type { Target } from "./target";

/** CIDRs to reserve for prefixes, by zone, in the subnets of one tier. */
export interface PrefixReservationPlan {
  readonly tier: "nodes" | "pods";
  readonly cidrs: Readonly<Record<string, readonly string[]>>;
}

/** What `reservePrefixes` asks for; undefined where the CNI uses no prefixes or nothing is to be reserved. */
export function prefixReservationsOf(target: Target): PrefixReservationPlan | undefined {
  const prefixes = capacityPrefixes(target.capacity);
  const [first] = prefixes?.zones ?? [];
  if (prefixes === null || first === undefined || !prefixes.reserved) return undefined;
  return {
    tier: first.tier,
    cidrs: Object.fromEntries(prefixes.zones.map(({ zone, reservations }) => [zone, reservations])),
  };
}

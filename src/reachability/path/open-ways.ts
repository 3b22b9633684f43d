import { fromInternet, towardsInternet } from "./exposure";
import { endName } from "../needs/need";
import type { JudgedNeed } from "./judge-needs";
import type { ReachWorld } from "./reach-world";
import { type FlowLine, summaryOf } from "./summary";

/** Who reaches the internet or is reached from it at all; that alone is not a fault. */
export interface OpenWays {
  /** Not denied: undecided first. */
  readonly flows: readonly FlowLine[];
  /** How many are denied. */
  readonly closed: number;
}

/**
 * Who may call the internet: all of it, and of those who may not, the names in it and ranges that somebody declares.
 * Names of AWS that an endpoint answers for are not in it.
 */
export function waysToInternet(world: ReachWorld, judged: readonly JudgedNeed[]): JudgedNeed[] {
  const whole = towardsInternet(world);
  const open = new Set(
    whole.flatMap(({ verdict, need }) => (verdict === "denied" ? [] : [endName(need.from)])),
  );
  return [...whole, ...judged.filter((each) => leadsOutside(each) && !open.has(endName(each.need.from)))];
}

/** Private: answered by an endpoint or a zone of the VPC. Public: by the way that it takes out of it. */
function leadsOutside({ need: { from, to }, hops }: JudgedNeed): boolean {
  if (from.kind !== "pods" && from.kind !== "nodes") return false;
  if (to.kind === "name")
    return !hops.some(({ at, by }) => at === "endpoint" || (at === "name resolution" && by.length > 0));
  return to.kind === "range" && hops.some(({ at }) => at === "nat");
}

/** Who may be called from the internet: by its own address, or by a public load balancer that somebody needs. */
export function waysFromInternet(world: ReachWorld, judged: readonly JudgedNeed[]): JudgedNeed[] {
  return [...fromInternet(world), ...judged.filter(isByPublicBalancer)];
}

export function openWays(
  judged: readonly JudgedNeed[],
  placeOf: (setting: string) => string | undefined,
): OpenWays {
  const open = judged.filter(({ verdict }) => verdict !== "denied");
  const { flows } = summaryOf(open, true, placeOf);
  return { flows, closed: judged.length - flows.length };
}

/** Whoever can be called from the internet may call these by it. */
function isByPublicBalancer({ need: { from } }: JudgedNeed): boolean {
  return from.kind === "load-balancer" && from.scheme === "public";
}

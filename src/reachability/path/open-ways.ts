import { fromInternet } from "./exposure";
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

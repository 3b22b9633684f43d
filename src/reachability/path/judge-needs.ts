import { endOf, type Hop, type Verdict, verdictOf } from "../hop";
import { type Need, type NeedKind, needKinds } from "../needs/need";
import { decidePath } from "./decide-path";
import type { ReachWorld } from "./reach-world";

/** A need, and what becomes of it. */
export interface JudgedNeed {
  readonly need: Need;
  readonly hops: readonly Hop[];
  readonly verdict: Verdict;
  /** Where it ends; absent: nowhere but at the other end. */
  readonly end?: Hop;
}

export function judgeNeeds(world: ReachWorld, needs: readonly Need[]): JudgedNeed[] {
  return needs.map((need) => judgeNeed(world, need));
}

export function judgeNeed(world: ReachWorld, need: Need): JudgedNeed {
  const hops = decidePath(world, need);
  const end = endOf(hops);
  return { need, hops, verdict: verdictOf(hops), ...(end && { end }) };
}

export interface KindCount extends Readonly<Record<Verdict, number>> {
  readonly kind: NeedKind;
  readonly needed: number;
}

/** How the needs of each kind fare, of the kinds that there are. */
export function countByKind(judged: readonly JudgedNeed[]): KindCount[] {
  return needKinds.flatMap((kind) => {
    const own = judged.filter(({ need }) => need.kind === kind);
    const count = (verdict: Verdict) => own.filter((each) => each.verdict === verdict).length;
    return own.length === 0
      ? []
      : [
          {
            kind,
            needed: own.length,
            allowed: count("allowed"),
            denied: count("denied"),
            undecided: count("undecided"),
          },
        ];
  });
}

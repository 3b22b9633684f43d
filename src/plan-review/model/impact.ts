/**
 * What a change does to those who run the platform, the worst first.
 *
 * - irreversible: applying the old commit again does not bring it back: data, identity, a version
 * - security: something becomes reachable, permitted, readable or unrecorded that was not
 * - disruption: something that works now stops, restarts or moves
 * - may-replace: planned as an update, but the provider's source says that it replaces; see `couldBe` of a finding
 * - routine: a change with none of these
 * - none: nothing changes
 */
export const impacts = ["irreversible", "security", "disruption", "may-replace", "routine", "none"] as const;
export type Impact = (typeof impacts)[number];

/** Impacts that a pipeline can stop at: at `routine` it stops at any change. */
export const gates = ["irreversible", "security", "disruption", "routine"] as const;
export type Gate = (typeof gates)[number];

const rank: Readonly<Record<Impact, number>> = {
  irreversible: 5,
  security: 4,
  disruption: 3,
  "may-replace": 2,
  routine: 1,
  none: 0,
};

export function worstImpact(all: readonly Impact[]): Impact {
  return all.reduce<Impact>((worst, each) => (rank[each] > rank[worst] ? each : worst), "none");
}

/** Whether `impact` is at least as bad as `gate`. */
export function reaches(impact: Impact, gate: Gate): boolean {
  return rank[impact] >= rank[gate];
}

/** For sorting, the worst first. */
export function byImpact(a: Impact, b: Impact): number {
  return rank[b] - rank[a];
}

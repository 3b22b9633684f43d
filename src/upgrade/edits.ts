import type { ReleaseName } from "../releases/names";
import type { Stand, UpgradeHop } from "../releases/upgrade/plan";

/** A value of a target's file, or that it has none. */
export interface Edit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Why a version is held. Without the hop's number: hops are counted anew after each. */
export function onTheWayTo(to: ReleaseName): string {
  return `on the way to release ${to}`;
}

/** What a hop writes into the target's file, which is at `now` by all its layers; `undefined` takes a key out. */
export function editsOf(hop: UpgradeHop, now: Stand, to: ReleaseName): Edit[] {
  const reason = onTheWayTo(to);
  const held = (minor: string) => ({ version: minor, reason });
  return [
    ...(now.release === hop.release ? [] : [{ path: ["release"], value: hop.release }]),
    {
      path: ["versions", "kubernetes"],
      value: hop.holdsKubernetes ? held(hop.kubernetes) : undefined,
    },
    {
      path: ["versions", "nodes"],
      value: hop.nodes === hop.kubernetes ? undefined : held(hop.nodes),
    },
  ];
}

import type { Inventory, Resource } from "../guardrails/resource";
import type { Target } from "../model/target";
import { runningIdentities } from "../permissions/needs/identities";
import { needsOf } from "../reachability/needs/needs";
import { flowFindings, unusedFindings } from "../reachability/path/findings";
import { type JudgedNeed, judgeNeeds } from "../reachability/path/judge-needs";
import { type ReachWorld, reachWorld } from "../reachability/path/reach-world";
import { settingOf, settingOfObject } from "../reachability/path/setting-of";
import { unusedOf } from "../reachability/path/unused";

export interface TargetReach {
  readonly world: ReachWorld;
  readonly judged: readonly JudgedNeed[];
}

/**
 * Every flow that a target needs, and whether it passes; read from its synthesized stacks.
 *
 * @param peers networks of the targets that it is connected with
 */
export function reachTarget(
  target: Target,
  { resources, place }: Inventory,
  peers: readonly Resource[],
): TargetReach {
  const world = reachWorld(resources, target.workspace, peers);
  const identities = place === undefined ? [] : runningIdentities({ resources, place });
  return { world, judged: judgeNeeds(world, needsOf(world, target, identities)) };
}

/** Needs that are not proved to be met, and what is open for nobody, for the rules REACH-*. A plan alone does not show the other stacks. */
export function unmetNeeds(target: Target, inventory: Inventory, peers: readonly Resource[]): Resource[] {
  if (!inventory.complete) return [];
  return unmetOf(target, reachTarget(target, inventory, peers));
}

/** The same of what is judged already. */
export function unmetOf(target: Target, { world, judged }: TargetReach): Resource[] {
  const elsewhere = `${target.workspace}-network`;
  return [
    ...flowFindings(judged, settingOf, elsewhere),
    ...unusedFindings(unusedOf(world, target.flows), settingOfObject, elsewhere),
  ];
}

import type { Target } from "../../../model/target";
import { stacksAfter } from "../../../model/stacks/stack-order";
import { allStacks } from "../../../model/stacks/own-stacks";
import type { StackName } from "../../../model/stacks/stack-names";
import { stateLocation } from "../../../model/stacks/state-location";
import type { PulledState } from "./pulled-state";

/** A stack of the target that has something. */
export interface StackThere {
  readonly stack: StackName;
  readonly state: PulledState;
}

/** What stands on a layer that is to go. */
export interface Dependents {
  /** Have to be destroyed first. */
  readonly destroyFirst: readonly StackName[];
  /** Stay, without the layer: their plans have to be empty first, or they may still be as they were with it. */
  readonly deployFirst: readonly StackName[];
}

/** All that a target has, the last one first: also what its config no longer asks for. */
export function destroyOrder(there: readonly StackThere[]): readonly StackName[] {
  const found = new Set(there.map(({ stack }) => stack));
  return allStacks()
    .filter((each) => found.has(each))
    .reverse();
}

/**
 * What stands on one layer: whatever comes after it, and whatever read its state when it was last applied. Once the layer is out of
 * the config, those that stay do without it, as soon as they are deployed so.
 */
export function dependentsOf(layer: StackName, target: Target, there: readonly StackThere[]): Dependents {
  const inConfig = new Set(target.stacks);
  const after = new Set(stacksAfter(layer));
  const { key } = stateLocation(target, layer);
  const readers = there.filter(({ state }) => state.reads.includes(key)).map(({ stack }) => stack);
  const dependents = destroyOrder(there).filter(
    (each) => each !== layer && (after.has(each) || readers.includes(each)),
  );
  if (inConfig.has(layer)) return { destroyFirst: dependents, deployFirst: [] };
  return {
    destroyFirst: dependents.filter((each) => !inConfig.has(each)),
    deployFirst: dependents.filter((each) => inConfig.has(each)).reverse(),
  };
}

/** Whether a state of a peer was last applied with something of a target. */
export function reachesInto({ reads }: PulledState, { workspace }: Pick<Target, "workspace">): boolean {
  return reads.some((key) => key.startsWith(`octarine/${workspace}/`));
}

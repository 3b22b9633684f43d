import type { Fleet } from "../config/target";
import { stateLocation } from "../stacks/state-location";
import { addTargetStacks } from "../stacks/target-stacks";
import { writeOutput } from "./write-output";

/** Two stacks would write one state. */
export class StateClashError extends Error {}

/** What a synthesis wrote. */
export interface SynthesizedStack {
  readonly id: string;
  readonly target: string;
}

/** Writes the Terraform JSON of every stack of the fleet to `outDir`; all of it or nothing. */
export function synthesize(fleet: Fleet, outDir: string): SynthesizedStack[] {
  return writeOutput(outDir, (app) => {
    const all = fleet.targets.flatMap((target) =>
      addTargetStacks(app, target).map((stack) => ({ stack, target })),
    );
    refuseSharedStates(
      all.map(({ stack, target }) => ({
        id: stack.node.id,
        location: stateLocation(target, stack.stackName),
      })),
    );
    return all.map(({ stack, target }) => ({ id: stack.node.id, target: target.name }));
  });
}

type Located = { readonly id: string; readonly location: ReturnType<typeof stateLocation> };

/** @throws StateClashError where two stacks have one state */
export function refuseSharedStates(stacks: readonly Located[]): void {
  const writers = new Map<string, string>();
  for (const { id, location } of stacks) {
    const state = `${location.bucket}/${location.workspaceKeyPrefix}/${location.key}`;
    const writer = writers.get(state);
    if (writer !== undefined)
      throw new StateClashError(`${id} and ${writer} would both write the state ${state}`);
    writers.set(state, id);
  }
}

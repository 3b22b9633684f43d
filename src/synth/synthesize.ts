import fs from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import type { Fleet } from "../config/target";
import { stateLocation } from "../stacks/state-location";
import { addTargetStacks } from "../stacks/target-stacks";
import { replaceOutput } from "./replace-output";

/** Two stacks would write one state. */
export class StateClashError extends Error {}

/** What a synthesis wrote. */
export interface SynthesizedStack {
  readonly id: string;
  readonly target: string;
}

/**
 * Writes the Terraform JSON of every stack of the fleet to `outDir`, in the layout of the cdktf CLI. The output is
 * complete or as it was before: it is made in a folder beside and moved when all of it is there.
 */
export function synthesize(fleet: Fleet, outDir: string): SynthesizedStack[] {
  const staging = `${path.resolve(outDir)}.new`;
  fs.rmSync(staging, { recursive: true, force: true });
  try {
    const stacks = withoutStackTraces(() => {
      const app = new App({ outdir: staging });
      const all = fleet.targets.flatMap((target) =>
        addTargetStacks(app, target).map((stack) => ({ stack, target })),
      );
      refuseSharedStates(
        all.map(({ stack, target }) => ({
          id: stack.node.id,
          location: stateLocation(target, stack.stackName),
        })),
      );
      app.synth();
      return all.map(({ stack, target }) => ({ id: stack.node.id, target: target.name }));
    });
    replaceOutput(staging, outDir);
    return stacks;
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

type Located = { readonly id: string; readonly location: ReturnType<typeof stateLocation> };

function refuseSharedStates(stacks: readonly Located[]): void {
  const writers = new Map<string, string>();
  for (const { id, location } of stacks) {
    const state = `${location.bucket}/${location.workspaceKeyPrefix}/${location.key}`;
    const writer = writers.get(state);
    if (writer !== undefined)
      throw new StateClashError(`${id} and ${writer} would both write the state ${state}`);
    writers.set(state, id);
  }
}

/**
 * cdktf records a stack trace for every token, which takes most of the time of a synthesis and is read by nobody
 * here (bench/synth.mjs). It sets its own limit, so the capture itself is what has to be taken away for a while.
 */
function withoutStackTraces<Result>(work: () => Result): Result {
  const capture = Object.getOwnPropertyDescriptor(Error, "captureStackTrace");
  if (capture === undefined) return work();
  try {
    Error.captureStackTrace = () => undefined;
    return work();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", capture);
  }
}

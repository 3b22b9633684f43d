import { App } from "cdktf";
import { withoutCdktfVariables } from "../cdktf-variables";
import type { OutputLayout } from "./layout";
import { MadeStacks, type Stages, type StackSink } from "./made-stacks";

/** Makes stacks in an app, or hands them over as they are complete. */
export type BuildStacks<Result> = (app: App, sink: StackSink) => Result;

export interface Staged<Result> {
  readonly result: Result;
  readonly made: MadeStacks;
}

/** Synthesizes the stacks that `build` makes into a folder of their own, but for what need not be there. */
export function stage<Result>(
  layout: OutputLayout,
  staging: string,
  build: BuildStacks<Result>,
  stages: Stages,
): Staged<Result> {
  return withoutStackTraces(() =>
    withoutCdktfVariables(() => {
      const app = new App({ outdir: staging });
      const made = new MadeStacks(app, layout, staging, stages);
      const result = build(app, made);
      app.synth();
      return { result, made };
    }),
  );
}

/**
 * cdktf records a stack trace for every token, which takes most of the time of a synthesis and is read by nobody
 * here (bench/bench.mjs). It sets its own limit, so the capture itself is what has to be taken away for a while.
 */
export function withoutStackTraces<Result>(work: () => Result): Result {
  const capture = Object.getOwnPropertyDescriptor(Error, "captureStackTrace");
  if (capture === undefined) return work();
  try {
    Error.captureStackTrace = () => undefined;
    return work();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", capture);
  }
}

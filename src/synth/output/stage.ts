import { App } from "cdktf";
import { withoutCdktfVariables } from "../cdktf-variables";

/** Synthesizes the stacks that `build` makes into a folder of their own. */
export function stage<Result>(staging: string, build: (app: App) => Result): Result {
  return withoutStackTraces(() =>
    withoutCdktfVariables(() => {
      const app = new App({ outdir: staging });
      const built = build(app);
      app.synth();
      return built;
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

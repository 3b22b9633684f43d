import fs from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import { replaceOutput } from "./replace-output";

/**
 * Synthesizes the stacks that `build` makes to `outDir`, in the layout of the cdktf CLI. The output is complete or as
 * it was before: it is made in a folder beside and moved when all of it is there.
 */
export function writeOutput<Result>(outDir: string, build: (app: App) => Result): Result {
  const staging = `${path.resolve(outDir)}.new`;
  fs.rmSync(staging, { recursive: true, force: true });
  try {
    const result = withoutStackTraces(() => {
      const app = new App({ outdir: staging });
      const built = build(app);
      app.synth();
      return built;
    });
    replaceOutput(staging, outDir);
    return result;
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * cdktf records a stack trace for every token, which takes most of the time of a synthesis and is read by nobody
 * here (bench/synth.mjs). It sets its own limit, so the capture itself is what has to be taken away for a while.
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

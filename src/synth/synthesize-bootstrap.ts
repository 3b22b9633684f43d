import path from "node:path";
import type { Environment } from "../model/environment";
import { BootstrapStack, bootstrapStackId } from "../stacks/bootstrap/bootstrap-stack";
import { writeOutput } from "./output/write-output";

/** Where the bootstrap stack keeps its state: in its own bucket, or in a file until that bucket is there. */
export type BootstrapState = { readonly kind: "bucket" } | { readonly kind: "local"; readonly file: string };

/**
 * Writes the Terraform JSON of an environment's bootstrap stack to `outDir`; all of it or nothing.
 *
 * @returns the stack's folder, for Terraform to run in
 */
export function synthesizeBootstrap(environment: Environment, outDir: string, state: BootstrapState): string {
  const dir = path.join(outDir, "stacks", bootstrapStackId(environment.name));
  const scope = { ownerOf: () => environment.name, decidesOver: () => false };
  writeOutput(outDir, scope, (app) => {
    // Relative, so that the output is the same on every machine.
    const local = state.kind === "local" && { kind: "local" as const, path: relative(dir, state.file) };
    new BootstrapStack(app, { environment, state: local || { kind: "bucket" } });
  });
  return dir;
}

function relative(from: string, to: string): string {
  return path.relative(from, to).split(path.sep).join("/");
}

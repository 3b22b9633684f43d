import type { App, TerraformStack } from "cdktf";
import { Fault } from "../text/errors";

/**
 * Writes stacks that nothing is added to any more, as the framework does at the end for all of them, and lets go of them: a fleet's
 * stacks fill the memory.
 */
export function writeStacks(app: App, stacks: readonly TerraformStack[]): void {
  const { outdir, skipValidation, manifest } = app;
  for (const { node, synthesizer } of stacks) {
    if (manifest.stacks[node.id] !== undefined) throw new Fault(`two stacks are ${node.id}`);
    synthesizer.synthesize({ outdir, skipValidation, manifest });
  }
  for (const { node } of stacks) app.node.tryRemoveChild(node.id);
}

import path from "node:path";
import type { SynthesizedStack } from "../../synth/synthesize";
import { clearStack, isLaid } from "./clear-stack";
import type { OpenBundle } from "./open-bundle";

const folderOf = (out: string, { id }: SynthesizedStack): string => path.join(out, "stacks", id);

/** Takes a bundle's charts out of stacks that were just synthesized, but for those in which Terraform is at work. */
export async function dropLaid(out: string, stacks: readonly SynthesizedStack[]): Promise<void> {
  const laid = stacks.filter((each) => isLaid(folderOf(out, each)));
  if (laid.length === 0) return;
  const [{ OutputLayout }, { refuseLockedRuns }] = await Promise.all([
    import("../../synth/output/layout"),
    import("../../synth/output/lock"),
  ]);
  for (const each of laid) {
    refuseLockedRuns(new OutputLayout(out), [each.target]);
    clearStack(folderOf(out, each));
  }
}

/** Lays a bundle into stacks, for those who run Terraform themselves. */
export async function layStacks(
  out: string,
  stacks: readonly SynthesizedStack[],
  bundle: OpenBundle,
): Promise<void> {
  const { layStack } = await import("./lay-stack");
  for (const each of stacks) layStack(folderOf(out, each), bundle);
}

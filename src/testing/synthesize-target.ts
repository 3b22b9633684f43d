import { dataAsOf } from "../facts/as-of";
import type { JudgedFinding } from "../guardrails/waivers";
import type { StackName } from "../model/stacks/stack-names";
import type { Target } from "../model/target";
import { type Project, useProject } from "../project/project";
import { addTargetStacks } from "../stacks/target-stacks";
import { judge, targetInventory } from "../synth/guard-targets";
import { withoutStackTraces } from "../synth/output/write-output";
import { unwrittenApp } from "../synth/unwritten-app";
import { ExpectedError } from "../text/errors";
import { unknownName } from "../text/nearest";
import { type Block, SynthesizedStack } from "./synthesized-stack";

/** The stacks of one target, in memory. */
export interface SynthesizedTarget {
  /** In the order in which they are deployed. */
  readonly names: readonly StackName[];
  /** @throws ExpectedError where the target has no such stack */
  readonly stack: (name: StackName) => SynthesizedStack;
}

/** Synthesizes a target's stacks with what a project adds, and writes nothing. */
export function synthesizeTarget(target: Target, project: Project = {}): SynthesizedTarget {
  useProject(project);
  const all = withoutStackTraces(() => {
    const stacks = addTargetStacks(unwrittenApp(), anew(target));
    stacks.forEach((stack) => stack.prepareStack());
    return new Map(
      stacks.map((stack) => [
        stack.stackName,
        new SynthesizedStack(stack.stackName, JSON.parse(JSON.stringify(stack.toTerraform())) as Block),
      ]),
    );
  });
  const names = [...all.keys()];
  return {
    names,
    stack: (name) => {
      const found = all.get(name);
      if (found === undefined) throw new ExpectedError(unknownName(name, `a stack of ${target.name}`, names));
      return found;
    },
  };
}

/** What the guardrails find in a target, the project's own rules included, with its waivers applied. */
export function judgeTarget(target: Target, project: Project = {}): readonly JudgedFinding[] {
  useProject(project);
  const same = anew(target);
  return judge(same, targetInventory(same), () => dataAsOf).findings;
}

/** A target keeps what it was asked for, and may have been asked for its stacks when there was another project. */
function anew(target: Target): Target {
  return target.with({});
}

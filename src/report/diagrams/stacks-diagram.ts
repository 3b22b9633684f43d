import type { Target } from "../../config/target";
import type { Diagram, DiagramNode } from "../../diagram/diagram";
import { stacksBefore, stacksOf } from "../../stacks/stack-order";
import { stackId, type StackName, stateLocation } from "../../stacks/state-location";

/** The stacks of a target below those that must be deployed before them. */
export function stacksDiagram(target: Target): Diagram {
  const stacks = stacksOf(target);
  const rows = depths(target);
  const taken = new Map<number, number>();
  const nodes = stacks.map((stack): DiagramNode => {
    const row = rows.get(stack) ?? 0;
    const column = taken.get(row) ?? 0;
    taken.set(row, column + 1);
    return { id: stack, lines: [stack, stackId(target, stack)], row, column };
  });
  return {
    title: `Stacks of ${target.name}`,
    description: `${stacks.length} stacks, deployed in this order: ${stacks.join(", ")}.`,
    nodes,
    groups: [],
    edges: stacks.flatMap((stack) => directlyBefore(stack, target).map((from) => ({ from, to: stack }))),
  };
}

/** Where each stack of a target keeps its state. */
export function stateDiagram(target: Target): Diagram {
  const stacks = stacksOf(target);
  const [first = "network"] = stacks;
  const { bucket, region, kmsKeyArn, roleArn } = stateLocation(target, first);
  return {
    title: `State of ${target.name}`,
    description: `Bucket ${bucket} in ${region} holds one state for each of ${stacks.length} stacks, in workspace ${target.workspace}.`,
    nodes: [
      {
        id: "bucket",
        lines: [`S3 bucket ${bucket}`, `${region}, native locking`, kmsKeyArn, `by ${roleArn}`],
        row: 0,
        column: 0,
        span: 2,
      },
      ...stacks.map((stack, index) => {
        const { workspaceKeyPrefix, key } = stateLocation(target, stack);
        return {
          id: stack,
          lines: [stack, `${workspaceKeyPrefix}/${target.workspace}/${key}`],
          row: index + 1,
          column: 0,
          span: 2,
        };
      }),
    ],
    groups: [{ id: "workspace", label: `workspace ${target.workspace}`, nodes: [...stacks] }],
    edges: [],
  };
}

/** Stacks before this one that are before no other one before it. */
function directlyBefore(stack: StackName, target: Target): readonly StackName[] {
  const all = stacksBefore(stack, target);
  return all.filter(
    (each) => !all.some((other) => other !== each && stacksBefore(other, target).includes(each)),
  );
}

function depths(target: Target): ReadonlyMap<StackName, number> {
  const found = new Map<StackName, number>();
  // Stacks come in their order, so those before one are there already.
  for (const stack of stacksOf(target)) {
    const before = stacksBefore(stack, target).map((each) => (found.get(each) ?? -1) + 1);
    found.set(stack, Math.max(0, ...before));
  }
  return found;
}

import type { Target } from "../../model/target";
import type { Diagram } from "../../diagram/diagram";
import { directlyBefore } from "../../model/stacks/stack-order";
import { stackId, stateLocation } from "../../model/stacks/state-location";

/** The stacks of a target below those that must be deployed before them. */
export function stacksDiagram(target: Target): Diagram {
  const stacks = target.stacks;
  return {
    title: `Stacks of ${target.name}`,
    description: `${stacks.length} stacks, deployed in this order: ${stacks.join(", ")}.`,
    nodes: stacks.map((stack) => ({ id: stack, lines: [stack, stackId(target, stack)] })),
    groups: [],
    edges: stacks.flatMap((stack) => directlyBefore(stack, target).map((from) => ({ from, to: stack }))),
  };
}

/** Where each stack of a target keeps its state. */
export function stateDiagram(target: Target): Diagram {
  const stacks = target.stacks;
  const [first = "network"] = stacks;
  const { bucket, region, kmsKeyArn, roleArn } = stateLocation(target, first);
  return {
    title: `State of ${target.name}`,
    description: `Bucket ${bucket} in ${region} holds one state for each of ${stacks.length} stacks, in workspace ${target.workspace}.`,
    nodes: [
      {
        id: "bucket",
        lines: [`S3 bucket ${bucket}`, `${region}, native locking`, kmsKeyArn, `by ${roleArn}`],
        at: { row: 0, column: 0, span: 3 },
      },
      {
        id: "states",
        lines: [
          `workspace ${target.workspace}`,
          ...stacks.map((stack) => {
            const { workspaceKeyPrefix, key } = stateLocation(target, stack);
            return `${workspaceKeyPrefix}/${target.workspace}/${key}`;
          }),
        ],
        at: { row: 1, column: 0, span: 3 },
      },
    ],
    groups: [],
    edges: [],
  };
}

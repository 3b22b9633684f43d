import type { NodeImageRecord } from "../component";
import { pins } from "./pins";

export const bottlerocket: NodeImageRecord<"bottlerocket"> = {
  kind: "node image",
  name: "bottlerocket",
  stack: "nodes",
  isUsed: ({ nodes, karpenter }) =>
    [...Object.values(nodes), ...Object.values(karpenter?.classes ?? {})].some(
      ({ ami }) => ami === "bottlerocket",
    ),
  settings: ["nodes"],
  docs: "docs/releases.md",
  pins,
  upgrade: { phase: "nodes", restarts: "every node of managed groups: drained within disruption budgets" },
};

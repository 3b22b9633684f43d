import type { NodeImageRecord } from "../component";
import { minorOfNodes } from "../fit";
import { pins } from "./pins";

export const al2023: NodeImageRecord<"al2023"> = {
  kind: "node image",
  name: "al2023",
  stack: "nodes",
  isUsed: ({ nodes, karpenter }) =>
    [...Object.values(nodes), ...Object.values(karpenter?.classes ?? {})].some(({ ami }) => ami === "al2023"),
  settings: ["nodes"],
  docs: "docs/releases.md",
  pins,
  fits: minorOfNodes,
  upgrade: { phase: "nodes", restarts: "every node of managed groups: drained within disruption budgets" },
};

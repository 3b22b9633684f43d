import type { AddonRecord } from "../component";
import { minorOfNodes } from "../fit";
import { pins } from "./pins";

export const kubeProxy: AddonRecord<"kube-proxy"> = {
  kind: "add-on",
  name: "kube-proxy",
  stack: "cni",
  isUsed: ({ cni }) => cni.kind === "vpc-cni" || cni.kind === "cilium-chaining",
  settings: ["cni"],
  docs: "docs/addressing.md",
  pins,
  fits: minorOfNodes,
  upgrade: { phase: "CNI", restarts: "kube-proxy of each node in turn; connections go on" },
};

import type { NodeTaint } from "./managed-node-group";

/** Keeps pods off a node until Cilium's agent runs there; the agent's own toleration lets it in. */
export const CILIUM_STARTUP_TAINT: NodeTaint = {
  key: "node.cilium.io/agent-not-ready",
  value: "true",
  effect: "NoExecute",
};

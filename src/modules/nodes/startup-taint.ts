import { ISTIO_STARTUP_TAINT_KEY } from "../../facts/istio-startup-taint";
import type { NodeTaint } from "./node-taint";

/** Keeps pods off a node until Cilium's agent runs there; the agent's own toleration lets it in. */
export const CILIUM_STARTUP_TAINT: NodeTaint = {
  key: "node.cilium.io/agent-not-ready",
  value: "true",
  effect: "NoExecute",
};

/**
 * Keeps pods of the mesh off a node until Istio's CNI agent is ready there. Not NoExecute: EKS puts a group's taints on
 * again when its labels or taints change, and nothing that runs may leave for that.
 */
export const ISTIO_STARTUP_TAINT: NodeTaint = {
  key: ISTIO_STARTUP_TAINT_KEY,
  value: "true",
  effect: "NoSchedule",
};

import type { Target } from "../model/target";
import type { NodeTaint } from "../modules/nodes/node-taint";
import { CILIUM_STARTUP_TAINT, ISTIO_STARTUP_TAINT } from "../modules/nodes/startup-taint";

/** Taints of every new node, which its network takes off when it is there: of managed groups and of Karpenter's alike. */
export function startupTaints({ config: { cni }, mesh }: Target): NodeTaint[] {
  return [
    ...(cni.kind === "vpc-cni" ? [] : [CILIUM_STARTUP_TAINT]),
    ...(mesh.istio === undefined ? [] : [ISTIO_STARTUP_TAINT]),
  ];
}

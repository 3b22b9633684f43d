import { istioOf } from "../../model/mesh";
import type { TargetConfig } from "../../config/schema/target";
import type { NodeTaint } from "../../modules/nodes/managed-node-group";
import { CILIUM_STARTUP_TAINT, ISTIO_STARTUP_TAINT } from "../../modules/nodes/startup-taint";

/** Taints of every new node, which its network takes off when it is there: of managed groups and of Karpenter's alike. */
export function startupTaints({ cni, mesh }: Pick<TargetConfig, "cni" | "mesh">): NodeTaint[] {
  return [
    ...(cni.kind === "vpc-cni" ? [] : [CILIUM_STARTUP_TAINT]),
    ...(istioOf(mesh) === undefined ? [] : [ISTIO_STARTUP_TAINT]),
  ];
}

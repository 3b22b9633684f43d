import type { PodDensityOptions } from "../ip-capacity/pod-density";
import { maxPodsFor } from "../ip-capacity/pod-density";
import type { PodDensityMode } from "../ip-capacity/pod-density-mode";
import type { NodeGroupConfig } from "./schema/nodes";
import type { TargetConfig } from "./schema/target";

/** How the CNI of a target gives pods their addresses, in the terms of src/ip-capacity. */
export function podDensityOf({ cni, network }: Pick<TargetConfig, "cni" | "network">): {
  mode: PodDensityMode;
  options: PodDensityOptions;
} {
  // Managed node groups without an AMI of their own enforce EKS's recommended maximum in every mode.
  const recommendedCap = "always" as const;
  switch (cni.kind) {
    case "cilium-eni":
      return {
        mode: cni.prefixDelegation ? "cilium-eni-prefix" : "cilium-eni",
        options: { recommendedCap, firstInterfaceIndex: network.subnets.pods === undefined ? 0 : 1 },
      };
    case "cilium-overlay":
      return { mode: "overlay", options: { recommendedCap, nodeMask: cni.nodeMask } };
    case "cilium-chaining":
    case "vpc-cni":
      return { mode: cni.addressMode, options: { recommendedCap } };
  }
}

/**
 * Pods that kubelet of a group's nodes is told to take: what the config says, else what the CNI mode and the group's
 * smallest instance type allow.
 *
 * @throws PodDensityError if an instance type can't run in the CNI mode
 * @throws UnknownInstanceTypeError
 */
export function maxPodsOf(config: Pick<TargetConfig, "cni" | "network">, group: NodeGroupConfig): number {
  if (typeof group.maxPods === "number") return group.maxPods;
  if (group.maxPods === "auto") return maxPodsPossible(config, group);
  const { mode, options } = podDensityOf(config);
  return maxPodsFor(group.instanceTypes, mode, { ...options, kubeletDefault: true });
}

/** As `maxPodsOf`, whatever the config says. */
export function maxPodsPossible(
  config: Pick<TargetConfig, "cni" | "network">,
  group: NodeGroupConfig,
): number {
  const { mode, options } = podDensityOf(config);
  return maxPodsFor(group.instanceTypes, mode, options);
}

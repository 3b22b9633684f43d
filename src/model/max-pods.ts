import type { PodDensityOptions } from "../ip-capacity/pod-density";
import { maxPodsFor } from "../ip-capacity/pod-density";
import type { PodDensityMode } from "../ip-capacity/pod-density-mode";
import type { NodeGroupConfig } from "../config/schema/nodes";
import type { TargetConfig } from "../config/schema/target";

interface Density {
  readonly mode: PodDensityMode;
  readonly options: PodDensityOptions;
}

/** How the CNI of a target gives pods their addresses, in the terms of src/ip-capacity. */
export function podDensityOf({ cni, network }: Pick<TargetConfig, "cni" | "network">): Density {
  // Managed node groups without an AMI of their own enforce EKS's recommended maximum in every mode.
  const recommendedCap = "always" as const;
  const branchEnis = cni.securityGroupsForPods ? { securityGroupsForPods: true } : {};
  if (network.ipv6.mode === "ipv6") return { mode: "ipv6", options: { recommendedCap, ...branchEnis } };
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
      return {
        mode: cni.customNetworking ? "custom-networking" : cni.addressMode,
        options: {
          recommendedCap,
          ...(cni.customNetworking && { prefixDelegation: cni.addressMode === "prefix" }),
          ...branchEnis,
        },
      };
  }
}

/**
 * The same as far as kubelet is concerned. Branch interfaces serve only pods with groups of their own: kubelet, which
 * can't tell, would fill their places with others, and those would wait for an address.
 */
export function kubeletDensityOf(config: Pick<TargetConfig, "cni" | "network">): Density {
  const { mode, options } = podDensityOf(config);
  return { mode, options: { ...options, branchEnis: "apart" } };
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
  const { mode, options } = kubeletDensityOf(config);
  const kubeletDefault = group.maxPods === "ami-default";
  return maxPodsFor(group.instanceTypes, mode, kubeletDefault ? { ...options, kubeletDefault } : options);
}

/** The most that the group's nodes can run, branch interfaces of security groups for pods included. */
export function maxPodsPossible(
  config: Pick<TargetConfig, "cni" | "network">,
  group: NodeGroupConfig,
): number {
  const { mode, options } = podDensityOf(config);
  return maxPodsFor(group.instanceTypes, mode, options);
}

import { formatCidr } from "../ip-capacity/cidr";
import type { CniConfig } from "../config/schema/cni";
import type { TargetConfig } from "../config/schema/target";

/** How pods get addresses and reach each other, in words that a tag takes: what no running node can change. */
export function podNetworkOf({ cni, network }: Pick<TargetConfig, "cni" | "network">): string {
  return [cni.kind, ...addressing(cni), ...(ownSubnets(cni, network.subnets) ? ["pod-subnets"] : [])].join(
    " ",
  );
}

function addressing(cni: CniConfig): string[] {
  switch (cni.kind) {
    case "cilium-eni":
      return [cni.prefixDelegation ? "prefix" : "secondary-ip"];
    case "cilium-overlay":
      return [cni.tunnel, formatCidr(cni.podCidr), `nodes/${cni.nodeMask}`];
    case "cilium-chaining":
    case "vpc-cni":
      return [cni.addressMode, ...(cni.customNetworking ? ["custom-networking"] : [])];
  }
}

function ownSubnets(cni: CniConfig, { pods }: TargetConfig["network"]["subnets"]): boolean {
  return cni.kind === "cilium-eni" && pods !== undefined;
}

/** Whether what the control plane calls listens on its node's address: with an overlay it reaches nodes and not pods. */
export function isCalledOnNodes({ cni }: Pick<TargetConfig, "cni">): boolean {
  return cni.kind === "cilium-overlay";
}

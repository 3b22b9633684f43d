import { type Component, components } from "../releases/components";
import type { TargetConfig } from "./schema/target";

type Uses = (config: Pick<TargetConfig, "cni" | "nodes">) => boolean;

const usesVpcCni: Uses = ({ cni }) => cni.kind === "vpc-cni" || cni.kind === "cilium-chaining";
const usesImage =
  (image: "al2023" | "bottlerocket"): Uses =>
  ({ nodes }) =>
    Object.values(nodes).some(({ ami }) => ami === image);

/**
 * When a target installs a component; what is not here, it does not install. A component that gets a switch in the
 * config gets its line here, so that warnings speak of nothing that is not there.
 */
const uses: Readonly<Partial<Record<Component, Uses>>> = {
  kubernetes: () => true,
  coredns: () => true,
  "aws-ebs-csi-driver": () => true,
  "eks-pod-identity-agent": () => true,
  "vpc-cni": usesVpcCni,
  "kube-proxy": usesVpcCni,
  al2023: usesImage("al2023"),
  bottlerocket: usesImage("bottlerocket"),
  cilium: ({ cni }) => cni.kind !== "vpc-cni",
};

/** Components of the release that a target installs, in order of what is there first. */
export function usedComponents(config: Pick<TargetConfig, "cni" | "nodes">): Component[] {
  return components.filter((component) => uses[component]?.(config));
}

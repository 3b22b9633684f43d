import { type Component, components } from "../releases/components";
import type { TargetConfig } from "./schema/target";

type Uses = (config: Pick<TargetConfig, "cni" | "nodes">) => boolean;

const usesVpcCni: Uses = ({ cni }) => cni.kind === "vpc-cni" || cni.kind === "cilium-chaining";
const usesImage =
  (image: "al2023" | "bottlerocket"): Uses =>
  ({ nodes }) =>
    Object.values(nodes).some(({ ami }) => ami === image);

/**
 * When a target installs a component. A component that gets a switch in the config gets its line here; of the others
 * it is not known, so nothing is warned of and an upgrade says "if installed".
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

/** Undefined: the config does not say. */
export function installs(
  component: Component,
  config: Pick<TargetConfig, "cni" | "nodes">,
): boolean | undefined {
  return uses[component]?.(config);
}

/** Components of the release that a target installs, in order of what is there first. */
export function usedComponents(config: Pick<TargetConfig, "cni" | "nodes">): Component[] {
  return components.filter((component) => installs(component, config));
}

import type { SupportedAccelerator } from "../../facts/accelerators";
import type { EksManagedNodeGroupCloudinitPreNodeadm } from "../registry/eks-managed-node-group";

/** AL2023: a NodeConfig beside the one that EKS writes; nodeadm merges them. */
export function al2023UserData(maxPods: number): EksManagedNodeGroupCloudinitPreNodeadm[] {
  const content = [
    "---",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${maxPods}`,
    "",
  ].join("\n");
  return [{ content_type: "application/node.eks.aws", content }];
}

/** Bottlerocket: settings in TOML, merged with EKS's. */
export function bottlerocketSettings(maxPods: number, accelerator?: SupportedAccelerator): string {
  const settings = [`"max-pods" = ${maxPods}`, ...(accelerator === "neuron" ? [NEURON_DEVICES] : [])];
  return ["[settings.kubernetes]", ...settings, ""].join("\n");
}

/** Containers that are not root get at Neuron devices only so (bottlerocket-os/bottlerocket, QUICKSTART-EKS.md). */
const NEURON_DEVICES = `"device-ownership-from-security-context" = true`;

/** The same for Karpenter, which adds max pods by itself. */
export const bottlerocketNeuronSettings = ["[settings.kubernetes]", NEURON_DEVICES, ""].join("\n");

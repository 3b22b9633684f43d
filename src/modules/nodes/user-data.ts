import type { SupportedAccelerator } from "../../facts/accelerators";
import type { EksManagedNodeGroupCloudinitPreNodeadm } from "../registry/eks-managed-node-group";
import { bottlerocketKubernetes, kubeletConfiguration, type KubeletSettings } from "./kubelet-settings";

/** AL2023: a NodeConfig beside the one that EKS writes; nodeadm merges them. */
export function al2023UserData(
  maxPods: number,
  kubelet: KubeletSettings = {},
): EksManagedNodeGroupCloudinitPreNodeadm[] {
  const content = [
    "---",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${maxPods}`,
    // Values in JSON, which YAML takes.
    ...Object.entries(kubeletConfiguration(kubelet)).map(
      ([name, value]) => `      ${name}: ${JSON.stringify(value)}`,
    ),
    "",
  ].join("\n");
  return [{ content_type: "application/node.eks.aws", content }];
}

/** Bottlerocket: settings in TOML, merged with EKS's. */
export function bottlerocketSettings(
  maxPods: number,
  accelerator?: SupportedAccelerator,
  kubelet: KubeletSettings = {},
): string {
  const settings = Object.entries(bottlerocketKubernetes(kubelet));
  const plain = settings.filter(([, value]) => typeof value !== "object");
  const tables = settings.flatMap(([name, value]) =>
    typeof value === "object" ? [[name, value] as const] : [],
  );
  return [
    "[settings.kubernetes]",
    `"max-pods" = ${maxPods}`,
    ...(accelerator === "neuron" ? [NEURON_DEVICES] : []),
    ...plain.map(tomlLine),
    // Tables come after all plain keys of the one above them.
    ...tables.flatMap(([name, value]) => [
      `[settings.kubernetes.${name}]`,
      ...Object.entries(value).map(tomlLine),
    ]),
    "",
  ].join("\n");
}

/** Names and texts of ours have nothing in them that JSON and TOML write differently. */
function tomlLine([name, value]: readonly [string, unknown]): string {
  return `${JSON.stringify(name)} = ${JSON.stringify(value)}`;
}

/** Containers that are not root get at Neuron devices only so (bottlerocket-os/bottlerocket, QUICKSTART-EKS.md). */
const NEURON_DEVICES = `"device-ownership-from-security-context" = true`;

/** The same for Karpenter, which adds max pods by itself. */
export const bottlerocketNeuronSettings = ["[settings.kubernetes]", NEURON_DEVICES, ""].join("\n");

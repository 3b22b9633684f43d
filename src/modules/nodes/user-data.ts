import type { SupportedAccelerator } from "../../facts/accelerators";
import type { EksManagedNodeGroupCloudinitPreNodeadm } from "../registry/eks-managed-node-group";
import type { NodeTaint } from "./node-taint";
import { bottlerocketKubernetes, kubeletConfiguration, type KubeletSettings } from "./kubelet-settings";

/**
 * What EKS tells kubelets of its own images, and of another image has to be in the user data (EKS User Guide, "Customize managed
 * nodes with launch templates", specifying an AMI).
 */
export interface Registration {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeTaint[];
}

/**
 * AL2023: a NodeConfig beside the one that EKS writes; nodeadm merges them.
 *
 * @param registration of an image that is not EKS's; by flags, as eksctl does (eksctl-io/eksctl, pkg/nodebootstrap/al2023.go)
 */
export function al2023UserData(
  maxPods: number,
  kubelet: KubeletSettings = {},
  registration?: Registration,
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
    ...(registration ? flagLines(registration) : []),
    "",
  ].join("\n");
  return [{ content_type: "application/node.eks.aws", content }];
}

function flagLines({ labels, taints }: Registration): string[] {
  const flags = [
    ...listOf(
      "--node-labels=",
      Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ),
    ...listOf(
      "--register-with-taints=",
      taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`),
    ),
  ];
  return flags.length === 0 ? [] : ["    flags:", ...flags.map((flag) => `      - ${JSON.stringify(flag)}`)];
}

function listOf(flag: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${flag}${values.join(",")}`];
}

/** Bottlerocket: settings in TOML, merged with EKS's. */
export function bottlerocketSettings(
  maxPods: number,
  accelerator?: SupportedAccelerator,
  kubelet: KubeletSettings = {},
  registration?: Registration,
): string {
  const settings = Object.entries({
    ...bottlerocketKubernetes(kubelet),
    ...(registration && registrationTables(registration)),
  });
  const plain = settings.filter(([, value]) => typeof value !== "object");
  const tables = settings.flatMap(([name, value]) =>
    typeof value === "object" ? [[name, value] as const] : [],
  );
  return [
    // Of another image than EKS's the module writes the table's head itself, for the cluster (templates/bottlerocket_user_data.tpl).
    ...(registration ? [] : ["[settings.kubernetes]"]),
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

/** By key of the label or taint (bottlerocket-settings-sdk, KubernetesSettingsV1: node_labels, node_taints). */
function registrationTables({ labels, taints }: Registration): Readonly<Record<string, object>> {
  const byKey = taints.reduce<Record<string, string[]>>(
    (all, { key, value, effect }) => ({ ...all, [key]: [...(all[key] ?? []), `${value}:${effect}`] }),
    {},
  );
  return {
    ...(Object.keys(labels).length > 0 && { "node-labels": labels }),
    ...(taints.length > 0 && { "node-taints": byKey }),
  };
}

/** Names and texts of ours have nothing in them that JSON and TOML write differently. */
function tomlLine([name, value]: readonly [string, unknown]): string {
  return `${JSON.stringify(name)} = ${JSON.stringify(value)}`;
}

/** Containers that are not root get at Neuron devices only so (bottlerocket-os/bottlerocket, QUICKSTART-EKS.md). */
const NEURON_DEVICES = `"device-ownership-from-security-context" = true`;

/** The same for Karpenter, which adds max pods by itself. */
export const bottlerocketNeuronSettings = ["[settings.kubernetes]", NEURON_DEVICES, ""].join("\n");

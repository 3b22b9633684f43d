import type { SupportedAccelerator } from "../../facts/accelerators";

export type AmiFamily = "al2023" | "bottlerocket";
export type NodeArchitecture = "x86_64" | "arm64";

/**
 * EKS's name for the image of a managed group. Every variant has the release version of the standard one
 * (awslabs/amazon-eks-ami CHANGELOG.md, v20260714; Bottlerocket releases its variants together).
 *
 * Bottlerocket's standard image has the Neuron driver (bottlerocket-os/bottlerocket, 1.30.0 and later;
 * aws/karpenter-provider-aws v1.14.1 pkg/providers/amifamily/bottlerocket.go). There is no Neuron type with Arm cores.
 */
export function amiType(
  family: AmiFamily,
  architecture: NodeArchitecture,
  accelerator?: SupportedAccelerator,
): string {
  const name = architecture === "arm64" ? "ARM_64" : "x86_64";
  if (family === "al2023") return `AL2023_${name}_${AL2023_VARIANTS[accelerator ?? "standard"]}`;
  return accelerator === "nvidia" ? `BOTTLEROCKET_${name}_NVIDIA` : `BOTTLEROCKET_${name}`;
}

const AL2023_VARIANTS = { standard: "STANDARD", nvidia: "NVIDIA", neuron: "NEURON" } as const;

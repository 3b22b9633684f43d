/** What an instance type has beside its CPUs. `other`: no image of EKS's has a driver for it. */
export type Accelerator = "nvidia" | "neuron" | "other";

/** Accelerators that EKS has node images for. */
export type SupportedAccelerator = Exclude<Accelerator, "other">;

/**
 * By the family's name: g, gr and p are NVIDIA's but for g4ad (AMD), inf and trn AWS's own; dl is Habana's and Qualcomm's,
 * f and vt hold FPGAs. Source: EC2 DescribeInstanceTypes as eksctl-io/eksctl keeps it, pkg/utils/instance/instance_types.go
 * of 2026-08-21 (NvidiaGPUSupported, NeuronSupported).
 */
export function acceleratorOf(instanceTypeName: string): Accelerator | undefined {
  if (instanceTypeName.startsWith("g4ad.")) return "other";
  if (/^(g|gr|p)[0-9]/.test(instanceTypeName)) return "nvidia";
  if (/^(inf|trn)[0-9]/.test(instanceTypeName)) return "neuron";
  return /^(dl|f|vt)[0-9]/.test(instanceTypeName) ? "other" : undefined;
}

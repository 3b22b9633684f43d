import { z } from "zod";

/** What nodes run on, in a managed group and in Karpenter's classes alike. */
export const nodeMachine = {
  ami: z
    .enum(["al2023", "bottlerocket"])
    .default("al2023")
    .describe(
      "Operating system, at the release's version. al2023: Amazon Linux 2023; bottlerocket: AWS's own for containers alone, without a shell. Its variant for NVIDIA GPUs or Neuron devices follows from the types.",
    ),
  rootVolumeGiB: z
    .number()
    .int()
    .min(20)
    .max(16384)
    .default(50)
    .describe(
      "Size of the encrypted gp3 root volume in GiB; on Bottlerocket of its data volume. Images and logs of pods are stored there.",
    ),
};

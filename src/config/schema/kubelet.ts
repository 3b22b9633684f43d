import { z } from "zod";

const reserved = (whose: string) =>
  z
    .strictObject({
      cpus: z
        .number()
        .min(0.01)
        .max(64)
        .optional()
        .describe(`CPU cores for ${whose}, whole or in parts. Default: what the image sets aside.`),
      memoryMiB: z
        .number()
        .int()
        .min(1)
        .max(1_048_576)
        .optional()
        .describe(`Memory for ${whose} in MiB. Default: what the image sets aside.`),
      ephemeralStorageGiB: z
        .number()
        .int()
        .min(1)
        .max(16_384)
        .optional()
        .describe(`Space on the root volume for ${whose} in GiB. Default: what the image sets aside.`),
    })
    .optional();

/** Quantity or part, as kubelet and Bottlerocket both take it (bottlerocket-settings-sdk, KubernetesThresholdValue). */
const threshold = (what: string, example: string) =>
  z
    .string("is not a threshold; write a quantity or a part in quotes, such as 200Mi or 10%")
    .regex(
      /^([1-9]\d*(\.\d+)?(Ki|Mi|Gi|Ti)?|[1-9]\d?(\.\d+)?%)$/,
      `is not a threshold; write a quantity or a part below 100%, for example ${example}`,
    )
    .optional()
    .describe(`${what} Default: the image's.`)
    .meta({ examples: [example] });

export const kubeletSchema = z
  .strictObject({
    systemReserved: reserved("the operating system").describe(
      "What pods never get because the operating system needs it. Default: what the image sets aside.",
    ),
    kubeReserved: reserved("kubelet and the container runtime").describe(
      "What pods never get because kubelet and containerd need it. The image computes it from CPUs and max pods. Default: what the image sets aside.",
    ),
    evictionHard: z
      .strictObject({
        "memory.available": threshold("Free memory below which pods are evicted at once.", "200Mi"),
        "nodefs.available": threshold(
          "Free space for the pods' own files below which pods are evicted.",
          "12%",
        ),
        "nodefs.inodesFree": threshold(
          "Free inodes for the pods' own files below which pods are evicted.",
          "6%",
        ),
        "imagefs.available": threshold(
          "Free space for images below which images and pods are removed.",
          "15%",
        ),
        "imagefs.inodesFree": threshold(
          "Free inodes for images below which images and pods are removed.",
          "7%",
        ),
        "pid.available": threshold("Free process ids below which pods are evicted.", "8%"),
      })
      .optional()
      .describe(
        "Thresholds below which kubelet ends pods at once, without their grace period. Those not named stay the image's. Default: the image's.",
      ),
    imageGc: z
      .strictObject({
        highPercent: z
          .number()
          .int()
          .min(1)
          .max(100)
          .describe("Use of the volume, in percent, above which unused images are removed."),
        lowPercent: z
          .number()
          .int()
          .min(0)
          .max(99)
          .describe("Use of the volume, in percent, down to which they are removed."),
      })
      .refine(
        ({ highPercent, lowPercent }) => lowPercent < highPercent,
        "has a lowPercent that is not below highPercent, and kubelet does not start so; write a lower one",
      )
      .optional()
      .describe("When images that no pod uses are removed. Default: kubelet's own thresholds.")
      .meta({ examples: [{ highPercent: 75, lowPercent: 60 }] }),
    cpuManagerPolicy: z
      .enum(["none", "static"])
      .optional()
      .describe(
        "Whether a container may have CPUs to itself. none: all share them; static: containers of guaranteed pods that ask for whole CPUs get theirs. Default: none.",
      ),
    topologyManagerPolicy: z
      .enum(["none", "best-effort", "restricted", "single-numa-node"])
      .optional()
      .describe(
        "How close the CPUs and devices of a container are to each other. none: anywhere; best-effort: on one NUMA node where there is room; restricted: such pods are refused otherwise; single-numa-node: all on one, or refused. Default: none.",
      ),
    topologyManagerScope: z
      .enum(["container", "pod"])
      .optional()
      .describe(
        "What topologyManagerPolicy looks at. container: each container by itself; pod: all containers of a pod together. Default: container.",
      ),
    podPidsLimit: z
      .number()
      .int()
      .min(1024)
      .max(4_194_304)
      .optional()
      .describe("Greatest number of process ids of a pod. Default: what the node has.")
      .meta({ examples: [4096] }),
    containerLogMaxSizeMiB: z
      .number()
      .int()
      .min(1)
      .max(10_240)
      .optional()
      .describe("Size in MiB at which a container's log file is rotated. Default: kubelet's own.")
      .meta({ examples: [50] }),
    containerLogMaxFiles: z
      .number()
      .int()
      .min(2)
      .max(100)
      .optional()
      .describe("Number of log files that are kept of a container. Default: kubelet's own.")
      .meta({ examples: [5] }),
    cpuCfsQuota: z
      .boolean()
      .optional()
      .describe("Whether CPU limits of containers are enforced. Default: true."),
  })
  .superRefine(({ topologyManagerPolicy = "none", topologyManagerScope }, context) => {
    if (topologyManagerScope === undefined || topologyManagerPolicy !== "none") return;
    context.addIssue({
      code: "custom",
      path: ["topologyManagerScope"],
      message: "has no effect without a topologyManagerPolicy; remove it",
    });
  })
  .describe(
    "Settings of the group's kubelet: nodeadm's NodeConfig on AL2023, settings.kubernetes on Bottlerocket. A change replaces the nodes. Default: the image's.",
  );

export type KubeletConfig = z.output<typeof kubeletSchema>;

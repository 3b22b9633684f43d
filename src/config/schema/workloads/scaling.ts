import { z } from "zod";
import { triggerKinds, triggers } from "./triggers";

const percent = z.number().int().min(1).max(100).optional();

const horizontal = z
  .strictObject({
    min: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(2)
      .describe("Least number of replicas; 0 only by what KEDA reads."),
    max: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .describe("Greatest number of replicas; what they call must be able to bear them.")
      .meta({ examples: [12] }),
    cpuPercent: percent.describe(
      "CPU in use, in percent of what is requested, above which there are more replicas. Default: CPU doesn't count.",
    ),
    memoryPercent: percent.describe(
      "Memory in use, in percent of what is requested, above which there are more replicas. Default: memory doesn't count.",
    ),
    ...triggers,
  })
  .refine(({ min, max }) => min <= max, "has min above max; write at least min as max")
  .refine(
    (all) =>
      all.cpuPercent !== undefined ||
      all.memoryPercent !== undefined ||
      triggerKinds.some((kind) => all[kind].length > 0),
    "goes by nothing; write for example cpuPercent: 70",
  )
  .optional()
  .describe(
    "Replicas by load: an HPA, or with anything but CPU and memory a ScaledObject of KEDA. Default: replicas.",
  );

const vertical = z
  .strictObject({
    mode: z
      .enum(["recommend", "initial", "recreate", "in-place"])
      .default("recommend")
      .describe(
        "Whether figures are only shown or set. recommend: figures only. initial: when pods start. recreate: by eviction. in-place: without one where possible.",
      ),
    resources: z
      .array(z.enum(["cpu", "memory"]))
      .min(1)
      .default(["cpu", "memory"])
      .describe("Which requests it sets: not those that horizontal goes by."),
    max: z
      .strictObject({
        cpus: z
          .number()
          .positive()
          .optional()
          .describe("CPU cores that it may request at most. Default: no bound."),
        memoryMiB: z
          .number()
          .int()
          .min(1)
          .optional()
          .describe("Memory in MiB that it may request at most. Default: no bound."),
      })
      .optional()
      .describe("The most that it may request. Default: no bound."),
  })
  .optional()
  .describe("Requests by use: a VerticalPodAutoscaler. Default: none.");

export const scalingSchema = z
  .strictObject({ horizontal, vertical })
  .prefault({})
  .describe("How the service grows and shrinks. Default: not at all.");

export type ScalingConfig = z.output<typeof scalingSchema>;

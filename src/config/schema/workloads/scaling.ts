import { z } from "zod";
import { queueName } from "../../../components/keda/settings";

const percent = z.number().int().min(1).max(100).optional();

const queue = z.strictObject({
  name: queueName.describe("Queue of the target's account and region; one of keda.queues."),
  messagesPerReplica: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .describe("Number of messages in the queue for which there is one more replica."),
});

const horizontal = z
  .strictObject({
    min: z.number().int().min(0).max(1000).default(2).describe("Least number of replicas; 0 only by queues."),
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
    queues: z.array(queue).default([]).describe("SQS queues whose length sets the replicas, by KEDA."),
  })
  .refine(({ min, max }) => min <= max, "has min above max; write at least min as max")
  .refine(
    ({ cpuPercent, memoryPercent, queues }) =>
      cpuPercent !== undefined || memoryPercent !== undefined || queues.length > 0,
    "goes by nothing; write for example cpuPercent: 70",
  )
  .optional()
  .describe("Replicas by load: an HPA, or with queues a ScaledObject of KEDA. Default: replicas.");

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

import { z } from "zod";

/** SQS API reference, CreateQueue: 80 characters, with .fifo at the end of the name of a FIFO queue. */
export const queueName = z
  .string()
  .regex(
    /^(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?$/,
    "is not a queue name; write the name, not its address, for example orders or orders.fifo",
  )
  .meta({ examples: ["orders"] });

export const metricsServerSchema = z
  .strictObject({
    replicas: z
      .number()
      .int()
      .min(2)
      .max(5)
      .default(2)
      .describe("Number of replicas; 2 outlast the loss of a node, without which HPAs stand still."),
  })
  .describe("Metrics server: CPU and memory of pods and nodes, for kubectl top, HPA and VPA. Default: none.");

export const kedaSchema = z
  .strictObject({
    queues: z
      .array(queueName)
      .default([])
      .describe("SQS queues of the target's account and region whose length KEDA may read."),
  })
  .describe("KEDA: replicas by events, such as the length of a queue, down to zero. Default: none.");

export const verticalPodAutoscalerSchema = z
  .strictObject({
    mode: z
      .enum(["recommend", "act"])
      .default("recommend")
      .describe(
        "recommend: recommendations only, no pod is touched. act: VPAs whose updateMode says so evict and resize pods.",
      ),
  })
  .describe("Vertical Pod Autoscaler: requests of pods by what they use. Default: none.");

import { z } from "zod";

/** SQS API reference, CreateQueue: 80 characters, with .fifo at the end of the name of a FIFO queue. */
export const queueName = z
  .string()
  .regex(
    /^(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?$/,
    "is not a queue name; write the name, not its address, for example orders or orders.fifo",
  )
  .meta({ examples: ["orders"] });

export const kedaSchema = z
  .strictObject({
    queues: z
      .array(queueName)
      .default([])
      .describe("SQS queues of the target's account and region whose length KEDA may read."),
  })
  .describe("KEDA: scales replicas by events, such as the length of a queue, down to zero. Default: none.");

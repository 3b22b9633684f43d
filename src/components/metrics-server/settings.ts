import { z } from "zod";

export const metricsServer = z
  .strictObject({
    replicas: z
      .number()
      .int()
      .min(2)
      .max(5)
      .default(2)
      .describe("Number of replicas; 2 survive the loss of a node. Without any, HPAs stand still."),
  })
  .describe("Metrics server: CPU and memory of pods and nodes, for kubectl top, HPA and VPA. Default: none.")
  .optional();

import { z } from "zod";

/** Replicas of istiod and of gateways. */
export const replicas = z
  .strictObject({
    min: z
      .number()
      .int()
      .min(2)
      .max(50)
      .default(2)
      .describe("Least number of replicas; two, so that a node may be lost."),
    max: z.number().int().min(2).max(100).default(5).describe("Greatest number of replicas, by CPU use."),
  })
  .prefault({})
  .describe("Number of replicas, set by CPU use and spread over zones.");

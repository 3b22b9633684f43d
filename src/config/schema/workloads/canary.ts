import { z } from "zod";

/** Units that Argo Rollouts knows (its documents, "Canary", pause duration). */
const pauseTime = z
  .string()
  .regex(/^[1-9]\d{0,4}[smh]$/, "is neither until-promoted nor a time; write for example 5m")
  .meta({ examples: ["5m"] });

const step = z
  .strictObject({
    weight: z
      .number()
      .int()
      .min(0)
      .max(100)
      .describe("Percent of the requests, or without routes of the pods."),
    pause: z
      .union(
        [z.literal("until-promoted"), pauseTime],
        "is neither until-promoted nor a time; write for example 5m",
      )
      .describe("How long it stays so; until-promoted: until somebody says so."),
  })
  .describe("One step of a release.");

export const canarySchema = z
  .array(step)
  .min(1, "has no step; write one, or leave the key out")
  .optional()
  .describe("Steps of a release of a rollout. Default: 10 % for 5 minutes, then half for 5 more.")
  .meta({ examples: [[{ weight: 10, pause: "until-promoted" }]] });

export type CanaryConfig = z.output<typeof canarySchema>;

import { z } from "zod";

export const verticalPodAutoscaler = z
  .strictObject({
    mode: z
      .enum(["recommend", "act"])
      .default("recommend")
      .describe(
        "recommend: recommendations only, no pod is touched. act: VPAs whose updateMode says so evict and resize pods.",
      ),
  })
  .describe("Vertical Pod Autoscaler: sets requests of pods by what they use. Default: none.")
  .optional();

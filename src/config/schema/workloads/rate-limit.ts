import { z } from "zod";
import { duration } from "./duration";

const SHARED =
  "needs a rate limit service and a Redis behind it, which this platform does not install: each request would wait for both; limit each pod, or write a rate-based rule in the web ACL of an ALB";

const count = z.number().int().min(1).max(1_000_000);

/** What a pod's sidecar lets through. */
export const rateLimitSchema = z
  .strictObject({
    requests: count.describe("Number of requests that a pod takes in the time of per."),
    per: duration.default("1s").describe("Time in which that number is taken, at least 50 ms."),
    burst: count
      .optional()
      .describe(
        "Number of requests that a pod takes at once after a quiet time. Default: as many as requests.",
      ),
    scope: z
      .literal("pod", {
        error: ({ input }) =>
          ["global", "service", "mesh", "client"].includes(String(input)) ? SHARED : "must be pod",
      })
      .default("pod")
      .describe("Who counts. pod: each pod by itself, so that a service takes as much as it has pods."),
  })
  .describe(
    "How many requests pods take from all callers together; their sidecars answer more with 429, before rules of the mesh are read. Needs Istio's sidecars. Default: any number.",
  );

import { z } from "zod";
import { retentionDays } from "../../config/schema/common";

export const containerInsights = z
  .strictObject({
    enhanced: z
      .boolean()
      .default(true)
      .describe(
        "Metrics of every container and pod, and not only of nodes and services. Billed by observation.",
      ),
    logs: z
      .boolean()
      .default(true)
      .describe("Whether logs of containers and nodes are shipped as well, billed by the GB."),
    retentionDays: retentionDays
      .default(30)
      .describe("Days that CloudWatch keeps those logs and the metrics' events."),
  })
  .optional()
  .describe("CloudWatch Container Insights, by the EKS add-on. Default: none.");

import { z } from "zod";
import { retentionDays } from "../../config/schema/common";

export const logShipper = z
  .strictObject({
    kind: z.literal("fluent-bit").describe("AWS for Fluent Bit: logs of containers to CloudWatch Logs."),
    retentionDays: retentionDays.default(30).describe("Days that CloudWatch keeps the logs."),
  })
  .optional()
  .describe("Logs of containers without Container Insights, which has a shipper of its own. Default: none.");

import { z } from "zod";
import { reason, retentionDays } from "../common";

export const flowLogsSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("cloudwatch").describe("To CloudWatch Logs, encrypted with a key of its own."),
      retentionDays: retentionDays.default(90).describe("Days to keep them."),
    }),
    z.strictObject({ kind: z.literal("none").describe("No flow logs."), reason }),
  ])
  .prefault({ kind: "cloudwatch" })
  .describe("VPC flow logs of accepted and rejected traffic.");

import { z } from "zod";
import { S3_RETENTION_DAYS } from "../../../facts/defaults";
import { needlessKeys } from "../chosen-key";
import { reason, retentionDays } from "../common";

export const flowLogsSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("cloudwatch").describe("To CloudWatch Logs, encrypted with a key of its own."),
      retentionDays: retentionDays
        .default(90)
        .describe(
          "Days that CloudWatch keeps them, one of the periods that it offers. Ingestion is billed by the GB.",
        ),
    }),
    z.strictObject({
      kind: z.literal("s3").describe("To S3 as Parquet, in hourly Hive partitions."),
      retentionDays: z
        .number()
        .int()
        .min(1)
        .max(3653)
        .optional()
        .describe(
          `Days to keep them in the target's own bucket; for a bucket given by name, its owner decides. Default: ${S3_RETENTION_DAYS}.`,
        ),
      athena: z
        .boolean()
        .default(true)
        .describe("Athena workgroup, table and named queries over them. Only queries cost."),
      bucket: z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          "is not an S3 bucket name; write 3 to 63 lower-case letters, digits, dashes and dots",
        )
        .optional()
        .describe(
          "An existing bucket whose policy lets log delivery write. Default: one of the target's own.",
        )
        .meta({ examples: ["acme-central-flow-logs"] }),
    }),
    z.strictObject({
      kind: z.literal("none").describe("No flow logs: who talked to whom can't be found out later."),
      reason: reason("the landing zone logs the VPC: ticket SEC-118"),
    }),
  ])
  .transform((logs, context) => {
    if (logs.kind !== "s3") return logs;
    const { athena, bucket, retentionDays: days } = logs;
    if (bucket === undefined) {
      return {
        kind: "s3",
        athena,
        bucket: { kind: "made", retentionDays: days ?? S3_RETENTION_DAYS },
      } as const;
    }
    needlessKeys(
      { retentionDays: days },
      ["retentionDays"],
      `has no effect in the existing bucket ${bucket}, whose owner's lifecycle rules decide; remove it`,
      context,
    );
    return { kind: "s3", athena, bucket: { kind: "given", name: bucket } } as const;
  })
  .prefault({ kind: "cloudwatch" })
  .describe("VPC flow logs of accepted and rejected traffic.");

export type FlowLogsConfig = z.output<typeof flowLogsSchema>;

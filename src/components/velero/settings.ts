import { z } from "zod";
import { bucketName, kmsKeyArn, knownRegion } from "../../config/schema/common";
import { cron } from "../../config/schema/cron";

export const backup = z
  .strictObject({
    schedule: cron
      .default("0 2 * * *")
      .describe("When everything is backed up: cron in UTC, days of the week 0 (Sunday) to 6."),
    retentionDays: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .default(30)
      .describe(
        "Days that a backup and its snapshots are kept; older ones are deleted and can't be restored.",
      ),
    volumes: z
      .enum(["snapshots", "files"])
      .default("snapshots")
      .describe(
        "How volumes are backed up. snapshots: EBS snapshots, quick, in the region. files: a copy of their files in the bucket, for another region or account.",
      ),
    restoreFrom: z
      .strictObject({
        bucket: bucketName.describe("Bucket of the other cluster's Velero."),
        prefix: z
          .string()
          .regex(/^[\w.-]+(\/[\w.-]+)*$/, "is not a prefix; write it without slashes at its ends")
          .optional()
          .describe("Folder of the other cluster in its bucket. Default: the bucket's top."),
        region: knownRegion.describe("Region of that bucket."),
        keyArn: kmsKeyArn.optional().describe("KMS key of that bucket. Default: AWS's own."),
      })
      .optional()
      .describe("Backups of another cluster, read-only, for a migration into this one. Default: none."),
  })
  .optional()
  .describe("Velero: backups of Kubernetes objects and volumes. Default: none.");

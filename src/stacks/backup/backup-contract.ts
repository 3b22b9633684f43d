import { text, type OutputContract } from "../base/output-contract";

/** What the backup stack publishes. */
export const backupContract = {
  bucket: text("Bucket of the backups"),
  key_arn: text("KMS key of the bucket"),
  role_arn: text("IAM role of Velero"),
} as const satisfies OutputContract;

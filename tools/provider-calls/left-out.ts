type Calls = Readonly<Record<string, string>>;

/** A new thing has no tags that could be taken away. */
const UNTAGGING = /:(Untag\w*|DeleteTags|RemoveTags|DeleteBucketTagging)$/;

/** Blocks of a bucket that are resources of their own. */
const BUCKET_BLOCKS =
  "s3:DeleteBucketCors s3:DeleteBucketPolicy s3:DeleteBucketReplication s3:DeleteBucketWebsite s3:PutBucketAccelerateConfiguration s3:PutBucketAcl s3:PutBucketCors s3:PutBucketLogging s3:PutBucketPolicy s3:PutBucketReplication s3:PutBucketRequestPayment s3:PutBucketVersioning s3:PutBucketWebsite s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration s3:PutObjectLockConfiguration";

/** By type and deed: calls that the source reaches and that a deploy does not make. */
const LEFT_OUT: Readonly<Record<string, Calls>> = {
  // A profile's role is taken out where it is another; the first read finds what was just made.
  aws_iam_instance_profile: {
    create: "iam:RemoveRoleFromInstanceProfile",
    read: "iam:RemoveRoleFromInstanceProfile",
  },
  // What undoes a creation that failed; profiles of the role are of who made them.
  aws_iam_role: {
    create:
      "iam:DeleteRole iam:DeleteRolePolicy iam:DetachRolePolicy iam:ListInstanceProfilesForRole iam:RemoveRoleFromInstanceProfile",
    delete: "iam:RemoveRoleFromInstanceProfile",
  },
  // A key is made enabled.
  aws_kms_key: { create: "kms:DisableKey kms:EnableKey" },
  aws_kms_replica_key: { create: "kms:DisableKey kms:EnableKey" },
  // S3 takes a deletion of several objects as s3:DeleteObject; holds are of buckets with object lock.
  aws_s3_bucket: {
    create: BUCKET_BLOCKS,
    update: BUCKET_BLOCKS,
    delete: "s3:DeleteObjects s3:PutObjectLegalHold",
  },
};

export function isLeftOut(type: string, deed: string, action: string): boolean {
  return (
    (deed === "create" && UNTAGGING.test(action)) ||
    (LEFT_OUT[type]?.[deed]?.split(" ").includes(action) ?? false)
  );
}

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "./physical-names";
import { policyJson, type PolicyStatement } from "./policy-document";

/** Parts of an upload that never ended cost like objects and are seen by nobody. */
const ABANDONED_UPLOAD_DAYS = 7;

export interface EncryptedBucketProps {
  readonly name: string;
  readonly partition: string;
  readonly keyArn: string;
  /** Objects older than this are deleted. Left out: by whoever writes them. */
  readonly expireAfterDays?: number;
  /** Keeps what was replaced or deleted for so long. Left out: nothing is kept. */
  readonly keepVersionsDays?: number;
  /** Who may do what, besides what IAM policies of the account allow. */
  readonly statements?: readonly PolicyStatement[];
}

/** A private bucket, encrypted with the key given, in transit with TLS only. */
export class EncryptedBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** What a writer has to wait for. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    super(scope, id);
    const { partition, keyArn, expireAfterDays, keepVersionsDays, statements = [] } = props;
    this.name = physicalName("bucket", props.name);
    this.arn = `arn:${partition}:s3:::${this.name}`;
    const { bucket } = new S3Bucket(this, "bucket", { bucket: this.name });
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const tlsOnly: PolicyStatement = {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [this.arn, `${this.arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    this.policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyJson([tlsOnly, ...statements]),
      // S3 refuses two changes of a bucket's access at once.
      dependsOn: [publicAccess],
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        },
      ],
    });
    const versioning =
      keepVersionsDays === undefined
        ? []
        : [
            new S3BucketVersioningA(this, "versioning", {
              bucket,
              versioningConfiguration: { status: "Enabled" },
            }),
          ];
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: expireAfterDays === undefined ? "abandoned-uploads" : "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          ...(expireAfterDays !== undefined && { expiration: [{ days: expireAfterDays }] }),
          ...(keepVersionsDays !== undefined && {
            noncurrentVersionExpiration: [{ noncurrentDays: keepVersionsDays }],
          }),
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABANDONED_UPLOAD_DAYS }],
        },
      ],
      ...(versioning.length > 0 && { dependsOn: versioning }),
    });
  }
}

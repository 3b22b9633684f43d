import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import {
  S3BucketServerSideEncryptionConfigurationA,
  type S3BucketServerSideEncryptionConfigurationRuleA,
} from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "./physical-names";
import { policyJson, type PolicyStatement } from "./policy-document";

/** Parts of an upload that never ended cost like objects and are seen by nobody. */
const ABANDONED_UPLOAD_DAYS = 7;

/** Objects of a bucket, at rest. */
export type BucketEncryption =
  | { readonly kind: "kms"; readonly keyArn: string }
  /** S3's own key, for writers that can use no other. */
  | { readonly kind: "s3" };

export interface BucketSettings {
  readonly name: string;
  readonly partition: string;
  readonly encryption: BucketEncryption;
  /** The rule's name also tells it from others in S3. */
  readonly lifecycle: {
    readonly id: string;
    /** Objects older than this are deleted. Left out: by whoever writes them. */
    readonly expireAfterDays?: number;
    /** Keeps what was replaced or deleted for so long, and the newest `kept` of it longer. Left out: nothing is kept. */
    readonly oldVersions?: { readonly days: number; readonly kept?: number };
  };
  /** Says in the plan what S3 does with a new bucket by itself: objects are its owner's, and access lists count for nothing. */
  readonly ownershipControls: boolean;
  readonly preventDestroy?: boolean;
  /** Who may do what, besides what IAM policies of the account allow. */
  readonly statements?: readonly PolicyStatement[];
}

export interface Bucket {
  /** Known to Terraform when the bucket is there. */
  readonly name: string;
  /** What a writer has to wait for. */
  readonly policy: ITerraformDependable;
}

/** ARN of a bucket, which tells neither account nor region. */
export function bucketArn(partition: string, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}

/** Makes a private, encrypted bucket that takes TLS only, as children of `scope`: one bucket a scope. */
export function addEncryptedBucket(scope: Construct, settings: BucketSettings): Bucket {
  const { partition, encryption, lifecycle, ownershipControls, preventDestroy, statements = [] } = settings;
  const name = physicalName("bucket", settings.name);
  const { bucket } = new S3Bucket(scope, "bucket", {
    bucket: name,
    ...(preventDestroy && { lifecycle: { preventDestroy } }),
  });
  const publicAccess = new S3BucketPublicAccessBlock(scope, "public-access", {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  if (ownershipControls) {
    new S3BucketOwnershipControls(scope, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  }
  const policy = new S3BucketPolicy(scope, "policy", {
    bucket,
    policy: policyJson([tlsOnly(bucketArn(partition, name)), ...statements]),
    // S3 refuses two changes of a bucket's access at once.
    dependsOn: [publicAccess],
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
    bucket,
    rule: [encryptionRule(encryption)],
  });
  addLifecycle(scope, bucket, lifecycle);
  return { name: bucket, policy };
}

function tlsOnly(arn: string): PolicyStatement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function encryptionRule(encryption: BucketEncryption): S3BucketServerSideEncryptionConfigurationRuleA {
  if (encryption.kind === "s3") return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  return {
    bucketKeyEnabled: true,
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: encryption.keyArn },
  };
}

function addLifecycle(
  scope: Construct,
  bucket: string,
  { id, expireAfterDays, oldVersions }: BucketSettings["lifecycle"],
): void {
  const versioning =
    oldVersions &&
    new S3BucketVersioningA(scope, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
  new S3BucketLifecycleConfiguration(scope, "lifecycle", {
    bucket,
    rule: [
      {
        id,
        status: "Enabled",
        filter: [{ prefix: "" }],
        ...(expireAfterDays !== undefined && { expiration: [{ days: expireAfterDays }] }),
        ...(oldVersions && {
          noncurrentVersionExpiration: [
            { noncurrentDays: oldVersions.days, newerNoncurrentVersions: oldVersions.kept },
          ],
        }),
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABANDONED_UPLOAD_DAYS }],
      },
    ],
    ...(versioning && { dependsOn: [versioning] }),
  });
}

export interface EncryptedBucketProps extends Pick<BucketSettings, "name" | "partition" | "statements"> {
  readonly keyArn: string;
  /** Objects older than this are deleted. Left out: by whoever writes them. */
  readonly expireAfterDays?: number;
  /** Keeps what was replaced or deleted for so long. Left out: nothing is kept. */
  readonly keepVersionsDays?: number;
}

/** A private bucket, encrypted with the key given, in transit with TLS only. */
export class EncryptedBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** What a writer has to wait for. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    super(scope, id);
    const { name, partition, keyArn, expireAfterDays, keepVersionsDays, statements } = props;
    this.name = name;
    this.arn = bucketArn(partition, name);
    this.policy = addEncryptedBucket(this, {
      name,
      partition,
      encryption: { kind: "kms", keyArn },
      lifecycle: {
        id: expireAfterDays === undefined ? "abandoned-uploads" : "expire",
        expireAfterDays,
        ...(keepVersionsDays !== undefined && { oldVersions: { days: keepVersionsDays } }),
      },
      ownershipControls: true,
      statements,
    }).policy;
  }
}

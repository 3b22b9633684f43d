import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key";
import { policyJson, type PolicyStatement } from "../policy-document";

/** How long and how many replaced versions of a state are kept; the newest ones stay however old they are. */
const OLD_VERSIONS = { days: 90, kept: 20 };
const ABANDONED_UPLOAD_DAYS = 7;

export interface StateBucketProps {
  readonly name: string;
  readonly accountId: string;
  readonly partition: string;
  /** Alias of its key, without `alias/`. */
  readonly keyAlias: string;
  /** Roles that may administer the key by its policy. The deploy role only uses it. */
  readonly keyAdministratorArns: readonly string[];
}

/** The bucket that holds Terraform states, encrypted by a key of its own. Neither can be destroyed by Terraform. */
export class StateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const { name, accountId, partition } = props;
    this.arn = `arn:${partition}:s3:::${name}`;
    this.keyArn = this.addKey(props);

    const { bucket } = new S3Bucket(this, "bucket", { bucket: name, lifecycle: { preventDestroy: true } });
    this.name = bucket;
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
    new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyJson(stateBucketStatements(this.arn, accountId)),
      // S3 refuses two changes of a bucket's access at once.
      dependsOn: [publicAccess],
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.keyArn },
        },
      ],
    });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [
            { noncurrentDays: OLD_VERSIONS.days, newerNoncurrentVersions: OLD_VERSIONS.kept },
          ],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABANDONED_UPLOAD_DAYS }],
        },
      ],
      dependsOn: [versioning],
    });
  }

  private addKey({ name, accountId, partition, keyAlias, keyAdministratorArns }: StateBucketProps): string {
    const account = `arn:${partition}:iam::${accountId}:root`;
    const key = new EncryptionKey(this, "key", {
      owner: {
        accountId,
        partition,
        // A policy statement without principals is refused, so the account stands in where nobody is named.
        keyAdministratorArns: keyAdministratorArns.length > 0 ? keyAdministratorArns : [account],
      },
      description: `Terraform states in ${name}`,
      alias: keyAlias,
    });
    for (const child of key.node.findAll()) {
      if (child instanceof KmsKey) child.lifecycle = { preventDestroy: true };
    }
    return key.arn;
  }
}

/** Nothing in clear, and nobody of another account, whatever IAM policies there say. */
export function stateBucketStatements(bucketArn: string, accountId: string): PolicyStatement[] {
  const everything = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
  } as const;
  return [
    { Sid: "TlsOnly", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    {
      Sid: "ThisAccountOnly",
      ...everything,
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": accountId },
        // Services of AWS act in no account of ours (inventory, access logs).
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ];
}

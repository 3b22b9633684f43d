import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../physical-names";
import { policyJson } from "../policy-document";

export interface LoadBalancerLogsProps {
  readonly clusterName: string;
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly retentionDays: number;
}

/**
 * Bucket of load balancers' access logs. Encrypted by S3's own key: Elastic Load Balancing writes to no bucket with a
 * KMS key (ELB User Guide, "Enable access logs").
 */
export class LoadBalancerLogs extends Construct {
  readonly bucket: string;
  /** What must be there before a load balancer can write. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LoadBalancerLogsProps) {
    super(scope, id);
    const { clusterName, accountId, partition, region, retentionDays } = props;
    this.bucket = physicalName("bucket", clusterName, "lb-logs", accountId);
    const arn = `arn:${partition}:s3:::${this.bucket}`;
    const { bucket } = new S3Bucket(this, "bucket", { bucket: this.bucket });
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: retentionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    this.policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyJson([
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "AccessLogs",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${arn}/AWSLogs/${accountId}/*`,
          Condition: {
            ArnLike: {
              "aws:SourceArn": `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`,
            },
          },
        },
      ]),
      // S3 refuses two changes of a bucket's access at once.
      dependsOn: [publicAccess],
    });
  }
}

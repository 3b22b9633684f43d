import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { regionNamed } from "../../facts/regions";
import { addEncryptedBucket, bucketArn } from "../../modules/encrypted-bucket";
import { physicalName } from "../../modules/physical-names";
import type { PolicyStatement } from "../../modules/policy-document";

export interface LoadBalancerLogsProps {
  readonly clusterName: string;
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly retentionDays: number;
}

/** Bucket of load balancers' access logs. */
export class LoadBalancerLogs extends Construct {
  readonly bucket: string;
  /** What must be there before a load balancer can write. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LoadBalancerLogsProps) {
    super(scope, id);
    const { clusterName, accountId, partition, retentionDays } = props;
    this.bucket = physicalName("bucket", clusterName, "lb-logs", accountId);
    this.policy = addEncryptedBucket(this, {
      name: this.bucket,
      partition,
      // Elastic Load Balancing writes to no bucket with a KMS key (ELB User Guide, "Enable access logs").
      encryption: { kind: "s3" },
      lifecycle: { id: "expire", expireAfterDays: retentionDays },
      ownershipControls: false,
      statements: [deliveryStatement(this.bucket, props)],
    }).policy;
  }
}

/** Who writes: the service on behalf of our load balancers, or in GovCloud the service's account in the region. */
function deliveryStatement(
  bucket: string,
  { partition, region, accountId }: LoadBalancerLogsProps,
): PolicyStatement {
  const account = regionNamed(region).accessLogs;
  const write = {
    Sid: "AccessLogs",
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: `${bucketArn(partition, bucket)}/AWSLogs/${accountId}/*`,
  } as const;
  if (account !== undefined) {
    return { ...write, Principal: { AWS: `arn:${partition}:iam::${account}:root` } };
  }
  return {
    ...write,
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Condition: {
      ArnLike: {
        "aws:SourceArn": `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`,
      },
    },
  };
}

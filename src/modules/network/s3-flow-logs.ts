import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { EncryptedBucket } from "../encrypted-bucket";
import { EncryptionKey, type KeyOwner } from "../encryption-key";
import type { PolicyStatement } from "../policy-document";
import { flowLogFormat } from "./flow-log-fields";

export interface S3FlowLogsProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly owner: KeyOwner;
  readonly destination:
    | { readonly kind: "made"; readonly retentionDays: number }
    /** Somebody else's bucket: its policy has to let log delivery write, its lifecycle ends the logs. */
    | { readonly kind: "given"; readonly name: string };
}

const bucketNameOf = ({ name, owner }: Pick<S3FlowLogsProps, "name" | "owner">): string =>
  `${name}-flow-logs-${owner.accountId}`;

/** VPC flow logs of accepted and rejected traffic in S3: Parquet, one folder an hour. */
export class S3FlowLogs extends Construct {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: S3FlowLogsProps) {
    super(scope, id);
    const { name, vpcId, owner, destination } = props;
    const own = destination.kind === "made" ? this.addBucket(props, destination.retentionDays) : undefined;
    this.bucketName = destination.kind === "given" ? destination.name : bucketNameOf(props);
    new FlowLog(this, "flow-log", {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: `arn:${owner.partition}:s3:::${this.bucketName}`,
      logFormat: flowLogFormat(),
      maxAggregationInterval: 60,
      destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: true },
      tags: { Name: `${name}-flow-logs` },
      // AWS tries to write when the flow log is made, and would write a bucket policy of its own.
      ...(own && { dependsOn: [own.policy] }),
    });
  }

  private addBucket({ name, region, owner }: S3FlowLogsProps, retentionDays: number): EncryptedBucket {
    const { accountId, partition } = owner;
    const bucketName = bucketNameOf({ name, owner });
    const key = new EncryptionKey(this, "key", {
      owner,
      description: `VPC flow logs of ${name}`,
      alias: `${name}-flow-logs`,
      statements: [logDeliveryKeyStatement({ accountId, partition, region })],
    });
    return new EncryptedBucket(this, "logs", {
      name: bucketName,
      partition,
      keyArn: key.arn,
      expireAfterDays: retentionDays,
      statements: logDeliveryStatements({ accountId, partition, region, bucketName }),
    });
  }
}

interface Delivery {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
}

const DELIVERY = { Service: "delivery.logs.amazonaws.com" } as const;

/** Log delivery on behalf of this account and region only (the confused-deputy problem). */
function onBehalfOf({ accountId, partition, region }: Delivery) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${accountId}:*` },
  };
}

/** What AWS asks of a bucket (VPC User Guide, "Amazon S3 bucket permissions for flow logs"). */
export function logDeliveryStatements(
  delivery: Delivery & { readonly bucketName: string },
): PolicyStatement[] {
  const { accountId, partition, bucketName } = delivery;
  const arn = `arn:${partition}:s3:::${bucketName}`;
  const condition = onBehalfOf(delivery);
  return [
    {
      Sid: "LogDeliveryWrite",
      Effect: "Allow",
      Principal: DELIVERY,
      Action: "s3:PutObject",
      Resource: `${arn}/AWSLogs/aws-account-id=${accountId}/*`,
      Condition: {
        ...condition,
        StringEquals: { ...condition.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      Sid: "LogDeliveryCheck",
      Effect: "Allow",
      Principal: DELIVERY,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arn,
      Condition: condition,
    },
  ];
}

/** What AWS asks of its key (VPC User Guide, "Required key policy for use with SSE-KMS"). */
function logDeliveryKeyStatement(delivery: Delivery): PolicyStatement {
  return {
    Sid: "LogDelivery",
    Effect: "Allow",
    Principal: DELIVERY,
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: onBehalfOf(delivery),
  };
}

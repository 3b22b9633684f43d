import { Construct } from "constructs";
import { EncryptionKey, type KeyOwner, logGroupStatement } from "../encryption-key";
import type { PolicyStatement } from "../policy-document";

export interface ClusterKeysProps {
  readonly clusterName: string;
  readonly region: string;
  readonly owner: KeyOwner;
  /** Role by which Karpenter launches nodes. It need not exist yet. */
  readonly karpenterRoleArn: string;
}

/** Keys of a cluster: Kubernetes secrets, control-plane logs, node and pod volumes. */
export class ClusterKeys extends Construct {
  readonly secretsArn: string;
  readonly logsArn: string;
  readonly volumesArn: string;

  constructor(
    scope: Construct,
    id: string,
    { clusterName, region, owner, karpenterRoleArn }: ClusterKeysProps,
  ) {
    super(scope, id);
    const { partition, accountId } = owner;
    const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/eks/${clusterName}/cluster`;
    this.secretsArn = new EncryptionKey(this, "secrets", {
      owner,
      description: `Kubernetes secrets of ${clusterName}`,
      alias: `${clusterName}-secrets`,
    }).arn;
    this.logsArn = new EncryptionKey(this, "logs", {
      owner,
      description: `Control-plane logs of ${clusterName}`,
      alias: `${clusterName}-control-plane-logs`,
      statements: [logGroupStatement(region, logGroupArn)],
    }).arn;
    this.volumesArn = new EncryptionKey(this, "volumes", {
      owner,
      description: `Node and pod volumes of ${clusterName}`,
      alias: `${clusterName}-volumes`,
      statements: volumeStatements(owner, karpenterRoleArn),
    }).arn;
  }
}

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * Who launches instances must be able to use the volumes' key and to grant it to EC2: without it instances end with
 * Client.InvalidKMSKey.InvalidState and the node group times out (EC2 Auto Scaling User Guide, "Required KMS key
 * policy for use with encrypted volumes").
 */
function volumeStatements({ partition, accountId }: KeyOwner, karpenterRoleArn: string): PolicyStatement[] {
  const autoScaling = `arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  // A key policy can't name a role that does not exist yet, and Karpenter's comes two stacks later: so the account's
  // principals, narrowed to that one role.
  const karpenter = {
    Principal: { AWS: "*" },
    Condition: {
      StringEquals: { "kms:CallerAccount": accountId },
      ArnEquals: { "aws:PrincipalArn": karpenterRoleArn },
    },
  };
  const forAwsResource = { Bool: { "kms:GrantIsForAWSResource": "true" } };
  return [
    { Sid: "AutoScalingUse", Effect: "Allow", Principal: { AWS: autoScaling }, Action: USE, Resource: "*" },
    {
      Sid: "AutoScalingGrant",
      Effect: "Allow",
      Principal: { AWS: autoScaling },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: forAwsResource,
    },
    { Sid: "KarpenterUse", Effect: "Allow", ...karpenter, Action: USE, Resource: "*" },
    {
      Sid: "KarpenterGrant",
      Effect: "Allow",
      ...karpenter,
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { ...karpenter.Condition, ...forAwsResource },
    },
  ];
}

import { Fault } from "../text/errors";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { Construct } from "constructs";
import { type PolicyStatement, policyJson } from "./policy-document";

/** The account that a key policy speaks for. */
export interface KeyOwner {
  readonly accountId: string;
  readonly partition: string;
  /**
   * Roles that may administer keys, by ARN. Listed and never left to the module's default, which is whoever runs the
   * plan: a laptop and CI would undo each other's key policy in every plan.
   */
  readonly keyAdministratorArns: readonly string[];
}

export interface EncryptionKeyProps {
  readonly owner: KeyOwner;
  /** What is encrypted with it. */
  readonly description: string;
  /** Alias without `alias/`. */
  readonly alias: string;
  /** Who may use the key, besides what IAM policies of the account allow. */
  readonly statements?: readonly PolicyStatement[];
  /** Further regions in which the same key is there, as a replica: what is encrypted in one can be read in the others. */
  readonly replicaRegions?: readonly string[];
}

/** A customer-managed KMS key that rotates every year. */
export class EncryptionKey extends Construct {
  readonly arn: string;
  /** The same in every region. */
  readonly id: string;
  private readonly replicas = new Map<string, KmsReplicaKey>();

  constructor(
    scope: Construct,
    id: string,
    { owner, description, alias, statements = [], replicaRegions }: EncryptionKeyProps,
  ) {
    super(scope, id);
    const settings = {
      description,
      deletionWindowInDays: 30,
      policy: policyJson([...ownerStatements(owner), ...statements]),
    };
    const key = new KmsKey(this, "key", {
      ...settings,
      enableKeyRotation: true,
      // Also without a replica yet: a key can't become one of several regions later.
      ...(replicaRegions && { multiRegion: true }),
    });
    for (const region of replicaRegions ?? []) {
      const replica = new KmsReplicaKey(this, `replica-${region}`, {
        ...settings,
        region,
        primaryKeyArn: key.arn,
      });
      this.replicas.set(region, replica);
    }
    new KmsAlias(this, "alias", { name: `alias/${alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.id = key.keyId;
  }

  /** ARN of the replica in a region of `replicaRegions`. */
  replicaArn(region: string): string {
    const replica = this.replicas.get(region);
    if (replica === undefined) throw new Fault(`no replica in ${region}`);
    return replica.arn;
  }
}

function ownerStatements({ accountId, partition, keyAdministratorArns }: KeyOwner): PolicyStatement[] {
  return [
    {
      // Without it a key whose administrators are deleted could never be managed again (KMS Developer Guide).
      Sid: "AccountByIamPolicies",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: { AWS: keyAdministratorArns },
      Action: [
        "kms:Create*",
        "kms:Describe*",
        "kms:Enable*",
        "kms:List*",
        "kms:Put*",
        "kms:Update*",
        "kms:Revoke*",
        "kms:Disable*",
        "kms:Get*",
        "kms:Delete*",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:ScheduleKeyDeletion",
        "kms:CancelKeyDeletion",
        "kms:RotateKeyOnDemand",
      ],
      Resource: "*",
    },
  ];
}

/**
 * Lets CloudWatch Logs encrypt one log group. It must stand in the key's policy before the group exists, or creating
 * the group fails (CloudWatch Logs User Guide, "Encrypt log data").
 */
export function logGroupStatement(region: string, logGroupArn: string): PolicyStatement {
  return {
    Sid: "CloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
  };
}

import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { addEncryptedBucket, bucketArn } from "../encrypted-bucket";
import { EncryptionKey } from "../encryption-key";
import type { PolicyStatement } from "../policy-document";

/** How long and how many replaced versions of a state are kept; the newest ones stay however old they are. */
const OLD_VERSIONS = { days: 90, kept: 20 };

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
    this.arn = bucketArn(partition, name);
    this.keyArn = this.addKey(props);
    this.name = addEncryptedBucket(this, {
      name,
      partition,
      encryption: { kind: "kms", keyArn: this.keyArn },
      lifecycle: { id: "old-versions", oldVersions: OLD_VERSIONS },
      ownershipControls: true,
      preventDestroy: true,
      statements: [thisAccountOnly(this.arn, accountId)],
    }).name;
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

/** Nobody of another account, whatever IAM policies there say. */
function thisAccountOnly(bucket: string, accountId: string): PolicyStatement {
  return {
    Sid: "ThisAccountOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket, `${bucket}/*`],
    Condition: {
      StringNotEquals: { "aws:PrincipalAccount": accountId },
      // Services of AWS act in no account of ours (inventory, access logs).
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
}

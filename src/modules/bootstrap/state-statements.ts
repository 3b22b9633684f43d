import type { PolicyStatement } from "../policy-document";

/** Where states are. */
export interface StateAccess {
  readonly bucketArn: string;
  readonly bucketRegion: string;
  readonly keyArn: string;
}

/**
 * States of targets, which are all below `env:/`, with their locks (`.tflock`). Terraform's init also looks for a state
 * in workspace `default`; the bootstrap state lies there, so that it can be read and not written.
 */
export function stateStatements({ bucketArn, bucketRegion, keyArn }: StateAccess): PolicyStatement[] {
  return [
    { Sid: "ListStates", Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
    {
      Sid: "TargetStates",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: `${bucketArn}/env:/*`,
    },
    { Sid: "DefaultWorkspace", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/octarine/*` },
    {
      Sid: "StateKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${bucketRegion}.amazonaws.com` } },
    },
  ];
}

/** What the deploy role must not change. */
export interface Guarded extends StateAccess {
  /** The deploy role itself, its policies, the CI role and its provider. */
  readonly identityArns: readonly string[];
}

/** What no other statement may allow, such as by a cluster that is named like the bootstrap's own things. */
export function guardStatements({ bucketArn, keyArn, identityArns }: Guarded): PolicyStatement[] {
  return [
    {
      Sid: "KeepBootstrapIdentities",
      Effect: "Deny",
      Action: [
        "iam:Add*",
        "iam:Attach*",
        "iam:Create*",
        "iam:Delete*",
        "iam:Detach*",
        "iam:PassRole",
        "iam:Put*",
        "iam:Remove*",
        "iam:Set*",
        "iam:Tag*",
        "iam:Untag*",
        "iam:Update*",
      ],
      Resource: identityArns,
    },
    {
      Sid: "KeepStateBucket",
      Effect: "Deny",
      Action: [
        "s3:DeleteBucket*",
        "s3:DeleteObjectVersion",
        "s3:PutBucket*",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
      ],
      Resource: [bucketArn, `${bucketArn}/*`],
    },
    {
      Sid: "KeepStateKey",
      Effect: "Deny",
      Action: [
        "kms:Create*",
        "kms:Delete*",
        "kms:Disable*",
        "kms:Put*",
        "kms:Re*Grant",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:Update*",
      ],
      Resource: keyArn,
    },
    // A role that it made could name it as trusted; in one account that alone would let it in.
    { Sid: "BecomeNobodyElse", Effect: "Deny", Action: "sts:AssumeRole*", Resource: "*" },
  ];
}

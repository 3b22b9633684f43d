import { Construct } from "constructs";
import { EncryptedBucket } from "../../modules/encrypted-bucket";
import { EncryptionKey, type KeyOwner } from "../../modules/encryption-key";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { PodIdentity } from "../../modules/pod-identity";
import type { EksPodIdentityPolicyStatement } from "../../modules/registry/eks-pod-identity";
import { type BackupSource, VELERO_ACCOUNT, type VeleroSettings, veleroValues } from "./velero-values";
import { VELERO_NAMESPACE } from "./record";

export interface VeleroProps extends Omit<VeleroSettings, "bucket" | "keyArn"> {
  readonly chart: ChartRef;
  readonly owner: KeyOwner;
  readonly volumesKeyArn: string;
}

/** Velero with its bucket, key, schedule and AWS identity. */
export class Velero extends Construct {
  readonly bucket: string;
  readonly keyArn: string;
  readonly roleArn: string;
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: VeleroProps) {
    super(scope, id);
    const { chart, owner, clusterName, volumesKeyArn, volumes, restoreFrom } = props;
    this.keyArn = new EncryptionKey(this, "key", {
      owner,
      description: `Backups of ${clusterName}`,
      alias: `${clusterName}-backups`,
    }).arn;
    // No lifecycle: Velero deletes what its retention ends, and file backups share blocks of every age.
    const bucket = new EncryptedBucket(this, "backups", {
      name: `${clusterName}-backups-${owner.accountId}`,
      partition: owner.partition,
      keyArn: this.keyArn,
      // A backup that somebody deletes can still be had back.
      keepVersionsDays: 30,
    });
    this.bucket = bucket.name;
    const identity = new PodIdentity(this, "server", {
      clusterName,
      purpose: "velero",
      serviceAccount: { namespace: VELERO_NAMESPACE, name: VELERO_ACCOUNT },
      policies: {
        attachVeleroPolicy: true,
        veleroS3BucketArns: [bucket.arn],
        veleroS3BucketPathArns: [`${bucket.arn}/*`],
        // Snapshots of volumes that the cluster's key encrypts become volumes again by its grant.
        veleroKmsArns: [this.keyArn, ...(volumes === "snapshots" ? [volumesKeyArn] : [])],
        ...(restoreFrom && {
          attachCustomPolicy: true,
          policyStatements: sourceStatements(restoreFrom, owner.partition),
        }),
      },
    });
    this.roleArn = identity.roleArn;
    this.release = new HelmRelease(this, "helm", {
      name: "velero",
      chart,
      namespace: VELERO_NAMESPACE,
      values: veleroValues({ ...props, bucket: bucket.name, keyArn: this.keyArn }),
      dependsOn: [bucket.policy, identity.effective],
    }).release;
  }
}

/** Reading another cluster's backups, and nothing else there. */
export function sourceStatements(
  { bucket, prefix, keyArn }: BackupSource,
  partition: string,
): EksPodIdentityPolicyStatement[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return [
    { sid: "ListSource", actions: ["s3:ListBucket"], resources: [arn] },
    {
      sid: "ReadSource",
      actions: ["s3:GetObject"],
      resources: [`${arn}/${prefix === undefined ? "" : `${prefix}/`}*`],
    },
    ...(keyArn === undefined
      ? []
      : [{ sid: "DecryptSource", actions: ["kms:Decrypt"], resources: [keyArn] }]),
  ];
}

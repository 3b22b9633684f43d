import { at, items, text } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf, type ClusterPlace, ec2Arn, requestTags, volumeKeyCalls } from "../calls-of";
import { ofAccounts } from "../synthesized";

const PLUGIN = "vmware-tanzu/velero-plugin-for-aws v1.13.2 velero-plugin-for-aws";

export interface VeleroUse {
  readonly buckets: readonly {
    readonly name: string;
    readonly region: string;
    readonly keyArn?: string;
    readonly readOnly?: boolean;
    /** Without a slash at its end. */
    readonly prefix?: string;
  }[];
  readonly snapshots: boolean;
  /** Of volumes that become snapshots and volumes again. */
  readonly volumeKeyArns: readonly string[];
}

/** What Velero calls of its buckets, and for snapshots of volumes. */
export function veleroCalls(
  place: ClusterPlace,
  { buckets, snapshots, volumeKeyArns }: VeleroUse,
): AwsCall[] {
  return [
    ...buckets.flatMap((bucket) => bucketCalls(place.partition, bucket)),
    ...(snapshots ? snapshotCalls(place, volumeKeyArns) : []),
  ];
}

function bucketCalls(
  partition: string,
  { name, region, keyArn, readOnly, prefix }: VeleroUse["buckets"][number],
): AwsCall[] {
  // HeadObject is s3:GetObject (S3 API Reference), the uploader of the SDK ends what fails.
  const s3 = callsOf("s3", `${PLUGIN}/object_store.go`);
  const kms = callsOf("kms", "Amazon S3 User Guide, Using server-side encryption with AWS KMS keys");
  const bucket = `arn:${partition}:s3:::${name}`;
  const objects = [prefix === undefined ? `${bucket}/*` : `${bucket}/${prefix}/*`];
  const through = { "kms:ViaService": [`s3.${region}.amazonaws.com`] };
  return [
    ...s3("list backups", "ListBucket", [bucket], {
      "s3:prefix": [prefix === undefined ? "*" : `${prefix}/*`],
    }),
    ...s3("read backups", "GetObject", objects),
    ...(readOnly === true
      ? []
      : s3("write and delete backups", "PutObject AbortMultipartUpload DeleteObject", objects)),
    ...(keyArn === undefined ? [] : kms("read encrypted backups", "Decrypt", [keyArn], through)),
    ...(keyArn === undefined || readOnly === true
      ? []
      : kms("write encrypted backups", "GenerateDataKey", [keyArn], through)),
  ];
}

function snapshotCalls(place: ClusterPlace, keyArns: readonly string[]): AwsCall[] {
  const ec2 = callsOf("ec2", `${PLUGIN}/volume_snapshotter.go`);
  const [volumes, snapshots] = [[ec2Arn(place, "volume/*")], [ec2Arn(place, "snapshot/*")]];
  const tags = { "velero.io/backup": "*", "velero.io/pv": "*" };
  const made = (action: string) => ({ "ec2:CreateAction": [action] });
  return [
    ...ec2("find volumes and snapshots", "DescribeVolumes DescribeSnapshots", ["*"]),
    ...ec2("snapshot a volume", "CreateSnapshot", volumes),
    ...ec2("snapshot a volume", "CreateSnapshot", snapshots, requestTags(tags)),
    ...ec2("tag a snapshot", "CreateTags", snapshots, { ...requestTags(tags), ...made("CreateSnapshot") }),
    ...ec2("restore a volume", "CreateVolume", volumes, requestTags(tags)),
    ...ec2("restore a volume", "CreateVolume", snapshots),
    ...ec2("tag a volume", "CreateTags", volumes, { ...requestTags(tags), ...made("CreateVolume") }),
    ...ec2("delete a snapshot", "DeleteSnapshot", snapshots),
    ...volumeKeyCalls("encrypted volumes", place, keyArns),
  ];
}

export const veleroAccounts = ofAccounts({
  "velero-server": ({ place, releases, written }) => {
    const [release] = releases("velero");
    if (release === undefined) return [];
    const locations = items(at(release, "configuration", "backupStorageLocation"));
    return veleroCalls(place, {
      buckets: locations.map((location) => ({
        name: written(at(location, "bucket")),
        region: text(at(location, "config", "region")),
        ...(written(at(location, "config", "kmsKeyId")) !== "" && {
          keyArn: written(at(location, "config", "kmsKeyId")),
        }),
        ...(text(at(location, "prefix")) !== "" && { prefix: text(at(location, "prefix")) }),
        readOnly: text(at(location, "accessMode")) === "ReadOnly",
      })),
      snapshots: items(at(release, "configuration", "volumeSnapshotLocation")).length > 0,
      volumeKeyArns: [],
    });
  },
});

import type { AwsCall } from "../aws-call";
import { callsOf, type ClusterPlace, ec2Arn, requestTags, resourceTags, volumeKeyCalls } from "../calls-of";
import { each, ofAccounts } from "../synthesized";

/** pkg/cloud/cloud.go for the calls, pkg/driver/controller.go for the tags: both are the same in v1.63.1 and v1.64.0. */
const SOURCE = "kubernetes-sigs/aws-ebs-csi-driver v1.64.0 pkg/cloud/cloud.go, pkg/driver/controller.go";

/** Tags of every volume that the driver makes; `kubernetes.io/created-for` tags come with the provisioner's metadata. */
const VOLUME = { CSIVolumeName: "*", "ebs.csi.aws.com/cluster": "true" };
const SNAPSHOT = { CSIVolumeSnapshotName: "*", "ebs.csi.aws.com/cluster": "true" };

/** Calls of the EBS CSI driver's controller for volumes and snapshots, with everything that a class may ask for. */
export function ebsCsiCalls(place: ClusterPlace, keyArns: readonly string[] = []): AwsCall[] {
  const ec2 = callsOf("ec2", SOURCE);
  const [volumes, snapshots, instances] = ["volume/*", "snapshot/*", "instance/*"].map((each) =>
    ec2Arn(place, each),
  ) as [string, string, string];
  const made = (action: string) => ({ "ec2:CreateAction": [action] });
  return [
    ...ec2(
      "find zones, instances, volumes and snapshots",
      "DescribeAvailabilityZones DescribeInstances DescribeInstanceTypes DescribeSnapshots DescribeTags DescribeVolumes DescribeVolumesModifications DescribeVolumeStatus",
      ["*"],
    ),
    ...ec2("make a volume", "CreateVolume", [volumes], requestTags(VOLUME)),
    ...ec2("make a volume from a snapshot", "CreateVolume", [snapshots], resourceTags("ec2", SNAPSHOT)),
    ...ec2("tag a new volume", "CreateTags", [volumes], { ...requestTags(VOLUME), ...made("CreateVolume") }),
    ...ec2("clone a volume", "CopyVolumes", [volumes], {
      ...requestTags(VOLUME),
      ...resourceTags("ec2", VOLUME),
    }),
    ...ec2("tag a clone", "CreateTags", [volumes], { ...requestTags(VOLUME), ...made("CopyVolumes") }),
    ...ec2("attach and detach a volume", "AttachVolume DetachVolume", [volumes, instances]),
    ...ec2("enlarge or change a volume", "ModifyVolume", [volumes], resourceTags("ec2", VOLUME)),
    ...ec2("take a tag off", "DeleteTags", [volumes], resourceTags("ec2", VOLUME)),
    ...ec2("delete a volume", "DeleteVolume", [volumes], resourceTags("ec2", VOLUME)),
    ...ec2("snapshot a volume", "CreateSnapshot", [volumes], resourceTags("ec2", VOLUME)),
    ...ec2("make a snapshot", "CreateSnapshot", [snapshots], requestTags(SNAPSHOT)),
    ...ec2("tag a new snapshot", "CreateTags", [snapshots], {
      ...requestTags(SNAPSHOT),
      ...made("CreateSnapshot"),
    }),
    ...ec2(
      "lock and delete a snapshot",
      "LockSnapshot DeleteSnapshot",
      [snapshots],
      resourceTags("ec2", SNAPSHOT),
    ),
    ...ec2(
      "restore a snapshot fast",
      "EnableFastSnapshotRestores",
      [snapshots],
      resourceTags("ec2", SNAPSHOT),
    ),
    ...volumeKeyCalls("encrypted volumes", place, keyArns),
  ];
}

export const ebsCsiAccounts = ofAccounts({
  "aws-ebs-csi-driver": ({ place, objects, deep }) =>
    ebsCsiCalls(
      place,
      each(objects("StorageClass").flatMap(({ parameters }) => deep(parameters, "kmsKeyId"))),
    ),
});

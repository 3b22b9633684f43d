import type { AddonRecord } from "../component";
import { ebsCsiAccounts } from "./calls";
import { pins } from "./pins";

export const awsEbsCsiDriver: AddonRecord<"aws-ebs-csi-driver"> = {
  kind: "add-on",
  name: "aws-ebs-csi-driver",
  stack: "nodes",
  isUsed: () => true,
  docs: "docs/architecture.md",
  pins,
  roles: { "ebs-csi": "always" },
  // kubernetes-sigs/aws-ebs-csi-driver v1.64.0 pkg/cloud/cloud.go: types with several EBS cards, volumes that are attached
  // once they are initialized, and locks of snapshots.
  added: {
    any: [
      { sid: "TypesAndStatus", actions: ["ec2:DescribeInstanceTypes", "ec2:DescribeVolumeStatus"] },
      {
        sid: "LockNamedSnapshots",
        actions: ["ec2:LockSnapshot"],
        resourceTag: { key: "CSIVolumeSnapshotName", value: "*" },
      },
      {
        sid: "LockOwnSnapshots",
        actions: ["ec2:LockSnapshot"],
        resourceTag: { key: "ebs.csi.aws.com/cluster", value: "true" },
      },
    ],
  },
  pods: {
    "ebs-csi-controller": {
      of: "aws-ebs-csi-driver",
      labels: { app: "ebs-csi-controller", "app.kubernetes.io/name": "aws-ebs-csi-driver" },
      serviceAccount: "ebs-csi-controller-sa",
      ports: { healthz: 9808 },
    },
    "ebs-csi-node": {
      of: "aws-ebs-csi-driver",
      labels: { app: "ebs-csi-node", "app.kubernetes.io/name": "aws-ebs-csi-driver" },
      serviceAccount: "ebs-csi-node-sa",
      ports: { healthz: 9808 },
    },
  },
  calls: ebsCsiAccounts,
  upgrade: { phase: "add-ons", restarts: "the driver; mounted volumes stay, attaching waits" },
};

import type { EksMinor } from "../release";
import { upgradeLog } from "./upgrade-log";

/** In standard support until 2027-03-27. */
export const eks135: EksMinor = {
  kubernetes: {
    version: "1.35",
    source: "EKS user guide, managing-kube-proxy.html, which has an add-on for it (read 2026-11-28)",
    sourceDate: "2026-11-28",
    verified: true,
  },
  addons: {
    "vpc-cni": {
      version: "v1.22.4-eksbuild.3",
      ...upgradeLog,
    },
    "kube-proxy": {
      version: "v1.35.3-eksbuild.29",
      ...upgradeLog,
    },
    coredns: {
      version: "v1.14.3-eksbuild.11",
      source: "eksctl-io/eksctl pkg/addons/default/assets/coredns-1.35.json",
      sourceDate: "2026-08-20",
      verified: true,
    },
    "aws-ebs-csi-driver": {
      version: "v1.66.0-eksbuild.1",
      ...upgradeLog,
    },
    "eks-pod-identity-agent": {
      version: "v1.3.10-eksbuild.3",
      source: "public list of add-on versions for 1.35",
      sourceDate: "2026-10-02",
      verified: false,
      doubt: "seen in one configuration that quotes AWS, not confirmed by AWS",
    },
    "amazon-cloudwatch-observability": {
      version: "v6.7.0-eksbuild.1",
      ...upgradeLog,
    },
    "snapshot-controller": {
      version: "v8.6.0-eksbuild.6",
      source: "public Terraform for 1.35",
      sourceDate: "2026-09",
      verified: false,
      doubt: "seen in one configuration, not confirmed by AWS",
    },
  },
  amis: {
    al2023: {
      version: "1.35.6-20260714",
      source: "awslabs/amazon-eks-ami CHANGELOG.md",
      sourceDate: "2026-07-21",
      verified: true,
    },
    bottlerocket: {
      version: "1.65.0-0be31b34",
      source: "entigolabs/entigo-infralib pull request 1488",
      sourceDate: "2026-09-03",
      verified: false,
      doubt: "seen in somebody else's pull request for 1.35, not confirmed by AWS",
    },
  },
};

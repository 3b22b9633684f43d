import type { EksMinor } from "../release";

const upgradeLog = "robreris/vending-machine-poc docs/plans, log of an EKS upgrade";

/** In standard support until 2027-03-27. */
export const eks135: EksMinor = {
  kubernetes: {
    version: "1.35",
    source: "endoflife-date/endoflife.date products/amazon-eks.md",
    sourceDate: "2026-08-22",
    verified: true,
  },
  addons: {
    "vpc-cni": {
      version: "v1.22.4-eksbuild.3",
      source: upgradeLog,
      sourceDate: "2026-09-24",
      verified: true,
    },
    "kube-proxy": {
      version: "v1.35.3-eksbuild.29",
      source: upgradeLog,
      sourceDate: "2026-09-24",
      verified: true,
    },
    coredns: {
      version: "v1.14.3-eksbuild.11",
      source: "eksctl-io/eksctl pkg/addons/default/assets/coredns-1.35.json",
      sourceDate: "2026-08-20",
      verified: true,
    },
    "aws-ebs-csi-driver": {
      version: "v1.66.0-eksbuild.1",
      source: upgradeLog,
      sourceDate: "2026-09-24",
      verified: true,
    },
    "eks-pod-identity-agent": {
      version: "v1.3.10-eksbuild.3",
      source: "public list of add-on versions for 1.35",
      sourceDate: "2026-10-02",
      verified: false,
      doubt: "seen in one configuration that quotes AWS, not in an answer of AWS",
    },
    "amazon-cloudwatch-observability": {
      version: "v6.7.0-eksbuild.1",
      source: upgradeLog,
      sourceDate: "2026-09-24",
      verified: true,
    },
    "snapshot-controller": {
      version: "v8.6.0-eksbuild.6",
      source: "public Terraform for 1.35",
      sourceDate: "2026-09",
      verified: false,
      doubt: "seen in one configuration, not in an answer of AWS",
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
      verified: true,
    },
  },
};

import type { EksMinor } from "../release";
import { upgradeLog } from "./upgrade-log";

const changelog = "awslabs/amazon-eks-ami CHANGELOG.md";

/** In extended support since 2026-07-29. */
export const eks133: EksMinor = {
  kubernetes: {
    version: "1.33",
    source: "awsdocs/amazon-eks-user-guide latest/ug/versioning/kubernetes-versions.adoc",
    sourceDate: "2025-12-01",
    verified: true,
  },
  addons: {
    "vpc-cni": {
      version: "v1.22.4-eksbuild.3",
      source: "public Terraform for 1.33",
      sourceDate: "2026-09",
      verified: false,
      doubt: "seen in one configuration for 1.33, not confirmed by AWS",
    },
    "kube-proxy": {
      version: "v1.33.10-eksbuild.29",
      ...upgradeLog,
    },
    coredns: {
      version: "v1.13.2-eksbuild.19",
      source: "eksctl-io/eksctl pkg/addons/default/assets/coredns-1.33.json",
      sourceDate: "2026-08-20",
      verified: true,
    },
    "aws-ebs-csi-driver": {
      version: "v1.63.1-eksbuild.1",
      source: "public per-minor map of add-on defaults",
      sourceDate: "2026-08",
      verified: false,
      doubt: "seen in one map of versions by minor, not confirmed by AWS",
    },
    "eks-pod-identity-agent": {
      version: "v1.3.10-eksbuild.3",
      source: "public list of add-on defaults for 1.33",
      sourceDate: "2026-06-05",
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
      doubt: "seen for 1.35, not for 1.33",
    },
  },
  amis: {
    al2023: { version: "1.33.13-20260714", source: changelog, sourceDate: "2026-07-21", verified: true },
    bottlerocket: {
      version: "1.65.0-0be31b34",
      source: "entigolabs/entigo-infralib pull request 1488 (seen on 1.35)",
      sourceDate: "2026-09-03",
      verified: false,
      doubt: "seen for 1.35, not for 1.33",
    },
  },
};

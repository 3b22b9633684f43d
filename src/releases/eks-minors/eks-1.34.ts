import type { EksMinor } from "../release";
import { upgradeLog } from "./upgrade-log";

const changelog = "awslabs/amazon-eks-ami CHANGELOG.md";

/** A step between releases: control planes go up one minor at a time. Standard support ends on 2026-12-02. */
export const eks134: EksMinor = {
  kubernetes: {
    version: "1.34",
    source: "awsdocs/amazon-eks-user-guide latest/ug/versioning/kubernetes-versions.adoc",
    sourceDate: "2025-12-01",
    verified: true,
  },
  addons: {
    "vpc-cni": {
      version: "v1.22.4-eksbuild.3",
      ...upgradeLog,
    },
    "kube-proxy": {
      version: "v1.34.6-eksbuild.29",
      ...upgradeLog,
    },
    coredns: {
      version: "v1.13.2-eksbuild.19",
      source: "eksctl-io/eksctl pkg/addons/default/assets/coredns-1.34.json",
      sourceDate: "2026-08-20",
      verified: true,
    },
    "aws-ebs-csi-driver": {
      version: "v1.66.0-eksbuild.1",
      ...upgradeLog,
    },
    "eks-pod-identity-agent": {
      version: "v1.3.10-eksbuild.3",
      source: "public lists of add-on versions for 1.33 and 1.35",
      sourceDate: "2026-10-02",
      verified: false,
      doubt: "seen for 1.33 and 1.35, not for 1.34",
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
      doubt: "seen for 1.35, not for 1.34",
    },
  },
  amis: {
    al2023: { version: "1.34.9-20260714", source: changelog, sourceDate: "2026-07-21", verified: true },
    bottlerocket: {
      version: "1.65.0-0be31b34",
      source: "entigolabs/entigo-infralib pull request 1488 (seen on 1.35)",
      sourceDate: "2026-09-03",
      verified: false,
      doubt: "seen for 1.35, not for 1.34",
    },
  },
};

import type { Release } from "./release";

const upgradeLog = "robreris/vending-machine-poc docs/plans, log of an EKS upgrade";
const changelog = "awslabs/amazon-eks-ami CHANGELOG.md";

/** The line of the reference documents. Kubernetes 1.33 left standard support on 2026-07-29. */
export const release202509: Release = {
  name: "2025.09",
  kubernetes: {
    version: "1.33",
    source: "awsdocs/amazon-eks-user-guide latest/ug/versioning/kubernetes-versions.adoc",
    sourceDate: "2025-12-01",
    verified: true,
  },
  addons: {
    "vpc-cni": {
      version: "v1.22.4-eksbuild.3",
      source: upgradeLog,
      sourceDate: "2026-09-24",
      verified: false,
    },
    "kube-proxy": {
      version: "v1.33.10-eksbuild.29",
      source: upgradeLog,
      sourceDate: "2026-09-24",
      verified: true,
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
      sourceDate: "2026-08-01",
      verified: false,
    },
    "eks-pod-identity-agent": {
      version: "v1.3.10-eksbuild.3",
      source: "public list of add-on defaults for 1.33",
      sourceDate: "2026-06-05",
      verified: false,
    },
  },
  amis: {
    al2023: { version: "1.33.13-20260714", source: changelog, sourceDate: "2026-07-21", verified: true },
    bottlerocket: {
      version: "1.65.0-0be31b34",
      source: "entigolabs/entigo-infralib pull request 1488 (seen on 1.35)",
      sourceDate: "2026-09-03",
      verified: false,
    },
  },
  charts: {
    cilium: {
      repository: "https://helm.cilium.io",
      name: "cilium",
      version: "1.18.12",
      source: "cilium/charts index; end-to-end tested with Kubernetes 1.30 to 1.33",
      sourceDate: "2026-08-01",
      verified: true,
    },
  },
};

import { charts202608 } from "./charts-2026-08";
import { istioCharts } from "./istio-charts";
import type { Release } from "./release";

const upgradeLog = "robreris/vending-machine-poc docs/plans, log of an EKS upgrade";

export const release202611: Release = {
  name: "2026.11",
  kubernetes: {
    version: "1.35",
    source: "endoflife-date/endoflife.date products/amazon-eks.md",
    sourceDate: "2026-08-22",
    verified: true,
  },
  gatewayApi: {
    version: "v1.4.1",
    source: "kubernetes-sigs/gateway-api tag v1.4.1",
    sourceDate: "2025-12-03",
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
  charts: {
    ...charts202608,
    ...istioCharts({
      version: "1.29.6",
      source: "istio/istio tag 1.29.6",
      sourceDate: "2026-07-13",
      verified: true,
    }),
    cilium: {
      repository: "https://helm.cilium.io",
      name: "cilium",
      version: "1.19.6",
      kubeVersion: ">= 1.21.0-0",
      digest: "sha256:21c43cf53841f9ab0375047d95aa4c64051ea52bbd2c679416e6408f5f1c9179",
      source: "cilium/charts master index.yaml",
      sourceDate: "2026-08-03",
      verified: true,
    },
  },
};

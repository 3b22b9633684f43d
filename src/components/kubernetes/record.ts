import type { ControlPlaneRecord } from "../component";
import { upgradeNotes } from "./upgrade-notes";
import { pins } from "./pins";

export const kubernetes: ControlPlaneRecord<"kubernetes"> = {
  kind: "control plane",
  name: "kubernetes",
  title: "Kubernetes",
  stack: "cluster",
  isUsed: () => true,
  settings: ["cluster"],
  docs: "docs/releases.md",
  pins,
  roles: { cluster: "always" },
  // Of the VPC resource controller, which EKS runs beside the API servers.
  crds: {
    "vpcresources.k8s.aws": ["CNINode", "SecurityGroupPolicy"],
  },
  // aws/amazon-vpc-resource-controller-k8s: any security group of the VPC.
  foreign: [
    {
      group: "vpcresources.k8s.aws",
      kind: "SecurityGroupPolicy",
      resource: "securitygrouppolicies",
      madeByPlatform: true,
    },
  ],
  upgrade: {
    phase: "control plane",
    restarts: "the API servers, one by one; no pod",
    inPlace: { minors: 1, source: "EKS user guide, update a cluster's Kubernetes version" },
    notes: upgradeNotes,
  },
};

import type { AddonRecord } from "../component";
import { vpcCniAccounts } from "./calls";
import { pins } from "./pins";

export const vpcCni: AddonRecord<"vpc-cni"> = {
  kind: "add-on",
  name: "vpc-cni",
  stack: "cni",
  isUsed: ({ cni }) => cni.kind === "vpc-cni" || cni.kind === "cilium-chaining",
  settings: ["cni"],
  docs: "docs/addressing.md",
  pins,
  monitors: { "vpc-cni": { namespace: "kube-system", pods: { "k8s-app": "aws-node" }, ports: ["metrics"] } },
  roles: { "vpc-cni": "always" },
  calls: vpcCniAccounts,
  // Without it ipamd does not start, and no node becomes Ready (aws/amazon-vpc-cni-k8s#3704).
  added: { ipv6: [{ sid: "SubnetTags", actions: ["ec2:DescribeSubnets"] }] },
  crds: {
    "crd.k8s.amazonaws.com": ["ENIConfig"],
  },
  upgrade: { phase: "CNI", restarts: "aws-node of each node in turn; running pods keep their addresses" },
};

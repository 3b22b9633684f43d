import type { EksPodIdentityPolicyStatement } from "../../modules/registry/eks-pod-identity";

export interface OperatorPolicyProps {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * What Cilium's operator may do with ENIs.
 *
 * Source: Cilium documentation, "AWS ENI", required privileges (DescribeInstanceTypes since cilium/cilium 36922,
 * DescribeRouteTables since 37229 and 41374). EC2's Describe calls take no resource; the rest is narrowed to the
 * account and region.
 */
export function operatorPolicy({
  partition,
  region,
  accountId,
}: OperatorPolicyProps): EksPodIdentityPolicyStatement[] {
  const arn = (resource: string) => `arn:${partition}:ec2:${region}:${accountId}:${resource}`;
  return [
    {
      sid: "Describe",
      effect: "Allow",
      actions: [
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcs",
      ],
      resources: ["*"],
    },
    {
      sid: "CreateInterfaces",
      effect: "Allow",
      actions: ["ec2:CreateNetworkInterface"],
      resources: [arn("network-interface/*"), arn("subnet/*"), arn("security-group/*")],
    },
    {
      sid: "ChangeInterfaces",
      effect: "Allow",
      actions: [
        "ec2:AssignPrivateIpAddresses",
        "ec2:AttachNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:UnassignPrivateIpAddresses",
      ],
      resources: [arn("network-interface/*"), arn("instance/*"), arn("security-group/*")],
    },
    {
      sid: "TagInterfaces",
      effect: "Allow",
      actions: ["ec2:CreateTags"],
      resources: [arn("network-interface/*")],
    },
  ];
}

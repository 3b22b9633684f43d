import type { AwsCall } from "../aws-call";
import { callsOf, type ClusterPlace, ec2Arn, requestTags } from "../calls-of";
import { ofAccounts } from "../synthesized";

const SOURCE = "cilium/cilium v1.19.6 pkg/aws/ec2/ec2.go";

/** What Cilium's operator calls in ENI mode. Its collector of lost ENIs, on by default, needs its two tags on each. */
export function ciliumOperatorCalls(
  place: ClusterPlace,
  {
    eniTags = {},
    collectsGarbage = true,
  }: { eniTags?: Readonly<Record<string, string>>; collectsGarbage?: boolean } = {},
): AwsCall[] {
  const ec2 = callsOf("ec2", SOURCE);
  const interfaces = [ec2Arn(place, "network-interface/*")];
  // pkg/defaults/defaults.go, ENIGarbageCollectionTag…; pkg/ipam/allocator/aws/aws.go.
  const tags = {
    ...eniTags,
    ...(collectsGarbage && { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": "*" }),
  };
  const isTagged = Object.keys(tags).length > 0;
  return [
    ...ec2(
      "find instances, their types, interfaces and networks",
      "DescribeInstances DescribeInstanceTypes DescribeNetworkInterfaces DescribeRouteTables DescribeSecurityGroups DescribeSubnets DescribeVpcs",
      ["*"],
    ),
    ...ec2(
      "make an interface",
      "CreateNetworkInterface",
      interfaces,
      isTagged ? requestTags(tags) : undefined,
    ),
    ...ec2("make an interface", "CreateNetworkInterface", [
      ec2Arn(place, "subnet/*"),
      ec2Arn(place, "security-group/*"),
    ]),
    ...(isTagged
      ? ec2("tag an interface", "CreateTags", interfaces, {
          ...requestTags(tags),
          "ec2:CreateAction": ["CreateNetworkInterface"],
        })
      : []),
    ...ec2("attach an interface", "AttachNetworkInterface ModifyNetworkInterfaceAttribute", [
      ...interfaces,
      ec2Arn(place, "instance/*"),
    ]),
    ...ec2(
      "give and take addresses and prefixes",
      "AssignPrivateIpAddresses UnassignPrivateIpAddresses",
      interfaces,
    ),
    ...ec2("delete an interface", "DeleteNetworkInterface", interfaces),
  ];
}

export const ciliumAccounts = ofAccounts({ "cilium-operator": ({ place }) => ciliumOperatorCalls(place) });

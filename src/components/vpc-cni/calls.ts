import { text } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf, type ClusterPlace, ec2Arn, requestTags } from "../calls-of";
import { ofAccounts } from "../synthesized";

const SOURCE = "aws/amazon-vpc-cni-k8s v1.22.4 pkg/awsutils/awsutils.go, docs/iam-policy.md";

/** What ipamd calls from each node. With IPv6 a node has its one prefix, and no interface is made. */
export function vpcCniCalls(place: ClusterPlace, family: "ipv4" | "ipv6"): AwsCall[] {
  const ec2 = callsOf("ec2", SOURCE);
  const interfaces = [ec2Arn(place, "network-interface/*")];
  const instances = [ec2Arn(place, "instance/*")];
  // createENITags and buildENITags.
  const tags = {
    "node.k8s.amazonaws.com/instance_id": "*",
    "node.k8s.amazonaws.com/createdAt": "*",
    "cluster.k8s.amazonaws.com/name": place.clusterName,
  };
  const find = ec2(
    "find the instance, its type and networks",
    // Subnets: nodeInit reads their tags in both families.
    "DescribeInstances DescribeInstanceTypes DescribeNetworkInterfaces DescribeSubnets DescribeTags",
    ["*"],
  );
  if (family === "ipv6")
    return [
      ...find,
      ...ec2("a prefix for the node", "AssignIpv6Addresses", interfaces),
      ...ec2("tag the node's interface", "CreateTags", interfaces, requestTags(tags)),
    ];
  return [
    ...find,
    ...ec2("make an interface", "CreateNetworkInterface", interfaces, requestTags(tags)),
    ...ec2("make an interface", "CreateNetworkInterface", [
      ec2Arn(place, "subnet/*"),
      ec2Arn(place, "security-group/*"),
    ]),
    ...ec2("tag a new interface", "CreateTags", interfaces, {
      ...requestTags(tags),
      "ec2:CreateAction": ["CreateNetworkInterface"],
    }),
    ...ec2("tag an interface", "CreateTags", interfaces, requestTags(tags)),
    ...ec2("attach and detach an interface", "AttachNetworkInterface DetachNetworkInterface", [
      ...interfaces,
      ...instances,
    ]),
    ...ec2("set an interface's groups", "ModifyNetworkInterfaceAttribute", [
      ...interfaces,
      ec2Arn(place, "security-group/*"),
    ]),
    ...ec2(
      "give and take addresses and prefixes",
      "AssignPrivateIpAddresses UnassignPrivateIpAddresses",
      interfaces,
    ),
    ...ec2("delete an interface", "DeleteNetworkInterface", interfaces),
  ];
}

export const vpcCniAccounts = ofAccounts({
  "vpc-cni": ({ place, resources }) =>
    vpcCniCalls(
      place,
      resources("module").some(({ ip_family }) => text(ip_family) === "ipv6") ? "ipv6" : "ipv4",
    ),
});

import { at, isFalse } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf, type ClusterPlace, ec2Arn, requestTags, resourceTags } from "../calls-of";
import { ofAccounts } from "../synthesized";

const VERSION = "kubernetes-sigs/aws-load-balancer-controller v3.5.0";
/** The policy says the calls, pkg/deploy/tracking/provider.go the tags. */
const SOURCE = `${VERSION} docs/install/iam_policy.json, pkg/deploy/tracking/provider.go`;

export interface LoadBalancerControllerUse {
  /** Of the chart's `enableShield`, `enableWaf`, `enableWafv2`: each on unless it is turned off. */
  readonly shield?: boolean;
  readonly waf?: boolean;
  readonly wafv2?: boolean;
}

/** What the controller calls for Ingresses, Services and target groups. */
export function loadBalancerControllerCalls(
  place: ClusterPlace,
  { shield = true, waf = true, wafv2 = true }: LoadBalancerControllerUse = {},
): AwsCall[] {
  const tags = { "elbv2.k8s.aws/cluster": place.clusterName };
  return [...ec2Calls(place, tags), ...elbCalls(place, tags), ...otherCalls({ shield, waf, wafv2 })];
}

function ec2Calls(place: ClusterPlace, tags: Readonly<Record<string, string>>): AwsCall[] {
  const ec2 = callsOf("ec2", SOURCE);
  const groups = [ec2Arn(place, "security-group/*")];
  return [
    ...ec2(
      "find networks, instances and addresses",
      "DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeInternetGateways DescribeVpcs DescribeVpcPeeringConnections DescribeSubnets DescribeSecurityGroups DescribeInstances DescribeNetworkInterfaces DescribeTags DescribeCoipPools DescribeIpamPools DescribeRouteTables",
      ["*"],
    ),
    ...ec2("addresses of Outposts", "GetCoipPoolUsage", [ec2Arn(place, "coip-pool/*")]),
    ...ec2("groups of a shared VPC", "GetSecurityGroupsForVpc", [ec2Arn(place, "vpc/*")]),
    ...ec2("make a group for a load balancer", "CreateSecurityGroup", groups, requestTags(tags)),
    ...ec2("make a group for a load balancer", "CreateSecurityGroup", [ec2Arn(place, "vpc/*")]),
    ...ec2("tag a new group", "CreateTags", groups, {
      ...requestTags(tags),
      "ec2:CreateAction": ["CreateSecurityGroup"],
    }),
    // pkg/deploy/ec2/tagging_manager.go: the tags that differ, and the tracking tag never does.
    ...ec2("change a group's tags", "CreateTags DeleteTags", groups, resourceTags("ec2", tags)),
    ...ec2(
      "rules of load balancers' groups",
      "AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress",
      groups,
      {
        ...resourceTags("ec2", tags),
      },
    ),
    // Those of the nodes, which are not the controller's own.
    ...ec2(
      "let load balancers in at the nodes",
      "AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress",
      groups,
    ),
    ...ec2("delete a group", "DeleteSecurityGroup", groups, resourceTags("ec2", tags)),
  ];
}

function elbCalls(
  { partition, region, accountId }: ClusterPlace,
  tags: Readonly<Record<string, string>>,
): AwsCall[] {
  const elb = callsOf("elasticloadbalancing", SOURCE);
  const arns = (...names: readonly string[]) =>
    names.map((each) => `arn:${partition}:elasticloadbalancing:${region}:${accountId}:${each}`);
  const balancers = arns("loadbalancer/app/*/*", "loadbalancer/net/*/*");
  const groups = arns("targetgroup/*/*");
  const listeners = arns("listener/app/*/*/*", "listener/net/*/*/*");
  const rules = arns("listener-rule/app/*/*/*/*");
  const own = resourceTags("elasticloadbalancing", tags);
  const made = (action: string) => ({ ...requestTags(tags), "elasticloadbalancing:CreateAction": [action] });
  return [
    ...elb(
      "find load balancers and what they have",
      "DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeListeners DescribeListenerCertificates DescribeSSLPolicies DescribeRules DescribeTargetGroups DescribeTargetGroupAttributes DescribeTargetHealth DescribeTags DescribeTrustStores DescribeListenerAttributes DescribeCapacityReservation",
      ["*"],
    ),
    ...elb("make a load balancer", "CreateLoadBalancer", balancers, requestTags(tags)),
    ...elb("tag a new load balancer", "AddTags", balancers, made("CreateLoadBalancer")),
    ...elb("make a target group", "CreateTargetGroup", groups, requestTags(tags)),
    ...elb("tag a new target group", "AddTags", groups, made("CreateTargetGroup")),
    ...elb("make listeners", "CreateListener", balancers, { ...own, ...requestTags(tags) }),
    ...elb("tag listeners", "AddTags RemoveTags", [...listeners, ...rules]),
    ...elb("make rules", "CreateRule", listeners, { ...own, ...requestTags(tags) }),
    ...elb("change tags", "AddTags RemoveTags", [...balancers, ...groups], own),
    ...elb(
      "change and delete a load balancer",
      "ModifyLoadBalancerAttributes SetIpAddressType SetSecurityGroups SetSubnets DeleteLoadBalancer ModifyCapacityReservation ModifyIpPools",
      balancers,
      own,
    ),
    ...elb(
      "change and delete a target group",
      "ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup",
      groups,
      own,
    ),
    ...elb(
      "change and delete listeners",
      "ModifyListener ModifyListenerAttributes AddListenerCertificates RemoveListenerCertificates DeleteListener",
      listeners,
      own,
    ),
    ...elb("change and delete rules", "ModifyRule SetRulePriorities DeleteRule", rules, own),
    ...elb("put pods into target groups", "RegisterTargets DeregisterTargets", groups, own),
  ];
}

function otherCalls(use: Required<LoadBalancerControllerUse>): AwsCall[] {
  const of = (service: string, why: string, actions: string) => callsOf(service, SOURCE)(why, actions, ["*"]);
  return [
    ...callsOf("iam", SOURCE)("the first load balancer of an account", "CreateServiceLinkedRole", ["*"], {
      "iam:AWSServiceName": ["elasticloadbalancing.amazonaws.com"],
    }),
    ...of("acm", "find certificates", "ListCertificates DescribeCertificate"),
    ...of("iam", "find certificates", "ListServerCertificates GetServerCertificate"),
    ...of("cognito-idp", "sign users in", "DescribeUserPoolClient"),
    ...(use.waf
      ? of(
          "waf-regional",
          "web ACLs of Ingresses",
          "GetWebACL GetWebACLForResource AssociateWebACL DisassociateWebACL",
        )
      : []),
    ...(use.wafv2
      ? [
          ...of(
            "wafv2",
            "web ACLs of Ingresses",
            "GetWebACL GetWebACLForResource AssociateWebACL DisassociateWebACL ListWebACLs",
          ),
          ...of("elasticloadbalancing", "web ACLs of Ingresses", "SetWebAcl"),
        ]
      : []),
    ...(use.shield
      ? of(
          "shield",
          "protection of Ingresses",
          "GetSubscriptionState DescribeProtection CreateProtection DeleteProtection",
        )
      : []),
  ];
}

export const loadBalancerControllerAccounts = ofAccounts({
  "aws-load-balancer-controller": ({ place, releases }) => {
    const [release] = releases("aws-load-balancer-controller");
    const isOn = (name: string) => !isFalse(at(release, name));
    return loadBalancerControllerCalls(place, {
      shield: isOn("enableShield"),
      waf: isOn("enableWaf"),
      wafv2: isOn("enableWafv2"),
    });
  },
});

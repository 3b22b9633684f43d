import { forcingAttributes } from "./forcing-attributes";
import createOnly from "./create-only.json";

interface CreateOnly {
  readonly cloudFormation: string;
  /** Properties that AWS takes at creation only. */
  readonly createOnly: readonly string[];
}

/** By Terraform's type. A map: a plan may name a type `constructor`. */
export const createOnlyProperties: ReadonlyMap<string, CreateOnly> = new Map(
  Object.entries(createOnly.types),
);

/** Attributes that are called something else than their property in words joined by underscores. */
const NAMES: Readonly<Record<string, string>> = {
  "aws_cloudwatch_log_group.LogGroupName": "name",
  "aws_athena_named_query.QueryString": "query",
  "aws_athena_named_query.WorkGroup": "workgroup",
  "aws_eks_node_group.NodeRole": "node_role_arn",
  "aws_eks_node_group.NodegroupName": "node_group_name",
  "aws_eks_node_group.Subnets": "subnet_ids",
  "aws_flow_log.DeliverLogsPermissionArn": "iam_role_arn",
  "aws_glue_catalog_database.DatabaseName": "name",
  "aws_iam_instance_profile.InstanceProfileName": "name",
  "aws_iam_policy.ManagedPolicyName": "name",
  "aws_iam_role.RoleName": "name",
  "aws_kms_alias.AliasName": "name",
  "aws_launch_template.LaunchTemplateName": "name",
  "aws_lb.Scheme": "internal",
  "aws_lb.Type": "load_balancer_type",
  "aws_nat_gateway.PrivateIpAddress": "private_ip",
  "aws_networkfirewall_firewall.FirewallName": "name",
  "aws_networkfirewall_firewall_policy.FirewallPolicyName": "name",
  "aws_networkfirewall_rule_group.RuleGroupName": "name",
  "aws_route53_resolver_rule_association.VPCId": "vpc_id",
  "aws_s3_bucket.BucketName": "bucket",
  "aws_s3_bucket.BucketNamePrefix": "bucket_prefix",
  "aws_security_group.GroupDescription": "description",
  "aws_security_group.GroupName": "name",
  "aws_security_group_rule.CidrIp": "cidr_blocks",
  "aws_security_group_rule.CidrIpv6": "ipv6_cidr_blocks",
  "aws_security_group_rule.GroupId": "security_group_id",
  "aws_security_group_rule.IpProtocol": "protocol",
  "aws_security_group_rule.SourcePrefixListId": "prefix_list_ids",
  "aws_sqs_queue.QueueName": "name",
  "aws_vpc_security_group_egress_rule.GroupId": "security_group_id",
  "aws_vpc_security_group_ingress_rule.GroupId": "security_group_id",
};

const IN_PLACE = "the provider changes it in place, by another call than CloudFormation's";
const NO_ATTRIBUTE = "the resource has no such attribute";
const BY_VALUES = "the provider decides by the values";

/** Properties for which no attribute forces a replacement, and why. */
export const disagreements: Readonly<
  Record<string, readonly (readonly [properties: string, why: string])[]>
> = {
  aws_ec2_transit_gateway_vpc_attachment: [["SubnetIds", IN_PLACE]],
  aws_eip: [["IpamPoolId TransferAddress", NO_ATTRIBUTE]],
  aws_eks_addon: [["NamespaceConfig", NO_ATTRIBUTE]],
  aws_eks_cluster: [["EncryptionConfig", BY_VALUES]],
  aws_flow_log: [["ResourceId ResourceType TagFieldSpecifications", NO_ATTRIBUTE]],
  aws_nat_gateway: [["AvailabilityMode VpcId", NO_ATTRIBUTE]],
  aws_networkfirewall_firewall: [["NatGatewayMappings NoSourcePreservation VpcEndpoint", NO_ATTRIBUTE]],
  aws_networkfirewall_logging_configuration: [["FirewallName", NO_ATTRIBUTE]],
  aws_networkfirewall_rule_group: [["Type", "the provider's schema has it changeable; AWS refuses it"]],
  aws_route53_resolver_endpoint: [["OutpostArn PreferredInstanceType", NO_ATTRIBUTE]],
  aws_route53_resolver_query_log_config: [["Tags", IN_PLACE]],
  aws_route_table_association: [["RouteTableId", IN_PLACE]],
  aws_s3_bucket: [["BucketNamespace", NO_ATTRIBUTE]],
  aws_security_group_rule: [["GroupName SourceSecurityGroupName SourceSecurityGroupOwnerId", NO_ATTRIBUTE]],
  aws_subnet: [["Ipv4IpamPoolId Ipv4NetmaskLength Ipv6IpamPoolId Ipv6NetmaskLength", NO_ATTRIBUTE]],
  aws_vpc: [["VpcEncryptionControl", NO_ATTRIBUTE]],
  aws_vpc_endpoint: [
    ["DnsOptions.PrivateDnsPreference DnsOptions.PrivateDnsSpecifiedDomains", NO_ATTRIBUTE],
    ["ResourceConfigurationArn ServiceNetworkArn ServiceRegion", "not in the source that was read"],
  ],
  aws_vpc_ipv4_cidr_block_association: [
    ["AmazonProvidedIpv6CidrBlock Ipv6CidrBlock Ipv6CidrBlockNetworkBorderGroup", NO_ATTRIBUTE],
    ["Ipv6IpamPoolId Ipv6NetmaskLength Ipv6Pool", NO_ATTRIBUTE],
  ],
  aws_vpc_security_group_egress_rule: [
    [
      "CidrIp CidrIpv6 DestinationPrefixListId DestinationSecurityGroupId FromPort IpProtocol ToPort",
      IN_PLACE,
    ],
  ],
  aws_vpc_security_group_ingress_rule: [
    ["CidrIp CidrIpv6 FromPort IpProtocol SourcePrefixListId SourceSecurityGroupId ToPort", IN_PLACE],
    ["GroupName SourceSecurityGroupName SourceSecurityGroupOwnerId", NO_ATTRIBUTE],
  ],
};

/** `KubernetesNetworkConfig.IpFamily` is `kubernetes_network_config.ip_family`. */
export function attributeOf(type: string, property: string): string {
  return NAMES[`${type}.${property}`] ?? property.split(".").map(underscored).join(".");
}

function underscored(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** Whether AWS itself takes the attribute at creation only, as the provider's source does. */
export function isCreateOnly(type: string, attribute: string): boolean {
  const forced = forcingAttributes.get(type)?.attributes.includes(attribute) ?? false;
  const properties = createOnlyProperties.get(type)?.createOnly ?? [];
  return forced && properties.some((property) => attributeOf(type, property) === attribute);
}

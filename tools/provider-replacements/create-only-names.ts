/**
 * Attributes of properties that AWS takes at creation only, where neither tools/aws-values names them nor they are the same word
 * with underscores. An empty name: there is no attribute.
 */
export const createOnlyNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_acmpca_certificate_authority: {
    KeyAlgorithm: "certificate_authority_configuration.key_algorithm",
    SigningAlgorithm: "certificate_authority_configuration.signing_algorithm",
    Subject: "certificate_authority_configuration.subject",
  },
  aws_athena_named_query: { QueryString: "query", WorkGroup: "workgroup" },
  aws_cloudwatch_log_group: { LogGroupName: "name" },
  aws_eks_node_group: { NodeRole: "node_role_arn", NodegroupName: "node_group_name", Subnets: "subnet_ids" },
  aws_flow_log: { DeliverLogsPermissionArn: "iam_role_arn", LogGroupName: "" },
  aws_glue_catalog_database: { DatabaseName: "name" },
  aws_glue_catalog_table: { "TableInput.Name": "name" },
  aws_iam_instance_profile: { InstanceProfileName: "name" },
  aws_iam_policy: { ManagedPolicyName: "name" },
  aws_iam_role: { RoleName: "name" },
  aws_iam_role_policy: { PolicyName: "name", RoleName: "role" },
  aws_kms_alias: { AliasName: "name" },
  aws_launch_template: { LaunchTemplateName: "name" },
  aws_lb: { Scheme: "internal", Type: "load_balancer_type" },
  aws_nat_gateway: { PrivateIpAddress: "private_ip" },
  aws_networkfirewall_firewall: { FirewallName: "name" },
  aws_networkfirewall_firewall_policy: { FirewallPolicyName: "name" },
  aws_networkfirewall_rule_group: { RuleGroupName: "name" },
  aws_route53_resolver_rule_association: { VPCId: "vpc_id" },
  aws_s3_bucket: { BucketName: "bucket", BucketNamePrefix: "bucket_prefix" },
  aws_security_group: { GroupDescription: "description", GroupName: "name" },
  aws_security_group_rule: {
    CidrIp: "cidr_blocks",
    CidrIpv6: "ipv6_cidr_blocks",
    GroupId: "security_group_id",
    IpProtocol: "protocol",
    SourcePrefixListId: "prefix_list_ids",
  },
  aws_sns_topic: { TopicName: "name" },
  aws_sqs_queue: { QueueName: "name" },
  aws_vpc_security_group_egress_rule: {
    CidrIp: "cidr_ipv4",
    DestinationPrefixListId: "prefix_list_id",
    DestinationSecurityGroupId: "referenced_security_group_id",
    GroupId: "security_group_id",
  },
  aws_vpc_security_group_ingress_rule: {
    CidrIp: "cidr_ipv4",
    GroupId: "security_group_id",
    SourcePrefixListId: "prefix_list_id",
    SourceSecurityGroupId: "referenced_security_group_id",
  },
};

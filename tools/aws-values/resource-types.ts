/** A Terraform resource type and the CloudFormation type that makes the same thing. */
export interface ResourceType {
  readonly cloudFormation: string;
  /**
   * Properties (or the beginning of their path) with the attribute's name in Terraform, where it is not the same with
   * underscores. An empty name takes a level away.
   */
  readonly properties?: Readonly<Record<string, string>>;
  /** Beginnings of the only paths that are of this type, where CloudFormation has several types in one. */
  readonly only?: readonly string[];
  /**
   * Attributes that need not be written although CloudFormation asks for the property: the provider has a default, or the API
   * does not ask.
   */
  readonly optional?: readonly string[];
}

const same = (
  cloudFormation: string,
  properties?: Readonly<Record<string, string>>,
  ...optional: readonly string[]
): ResourceType => ({
  cloudFormation,
  ...(properties && { properties }),
  ...(optional.length > 0 && { optional }),
});

/** Resource types that the platform makes, by Terraform's name. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  aws_acmpca_certificate_authority: same(
    "AWS::ACMPCA::CertificateAuthority",
    {
      CsrExtensions: "",
      KeyAlgorithm: "certificate_authority_configuration.key_algorithm",
      SigningAlgorithm: "certificate_authority_configuration.signing_algorithm",
      Subject: "certificate_authority_configuration.subject",
    },
    "type",
    "revocation_configuration.crl_configuration.enabled",
  ),
  aws_athena_named_query: same("AWS::Athena::NamedQuery", { QueryString: "query", WorkGroup: "workgroup" }),
  aws_athena_workgroup: same("AWS::Athena::WorkGroup", { WorkGroupConfiguration: "configuration" }),
  aws_cloudwatch_event_rule: same("AWS::Events::Rule"),
  aws_cloudwatch_event_target: {
    cloudFormation: "AWS::Events::Rule",
    properties: { Targets: "", "Targets.Id": "target_id" },
    only: ["Targets"],
  },
  aws_cloudwatch_log_group: same("AWS::Logs::LogGroup", { LogGroupName: "name" }),
  aws_cloudwatch_log_resource_policy: same("AWS::Logs::ResourcePolicy"),
  aws_cloudwatch_metric_alarm: same("AWS::CloudWatch::Alarm", { Metrics: "metric_query" }),
  aws_ec2_managed_prefix_list: same("AWS::EC2::PrefixList", { PrefixListName: "name", Entries: "entry" }),
  aws_ec2_transit_gateway_vpc_attachment: same("AWS::EC2::TransitGatewayVpcAttachment", { Options: "" }),
  aws_egress_only_internet_gateway: same("AWS::EC2::EgressOnlyInternetGateway"),
  aws_eip: same("AWS::EC2::EIP"),
  aws_eks_access_entry: same("AWS::EKS::AccessEntry"),
  aws_eks_addon: same("AWS::EKS::Addon"),
  aws_eks_cluster: same(
    "AWS::EKS::Cluster",
    {
      ResourcesVpcConfig: "vpc_config",
      "Logging.ClusterLogging.EnabledTypes.Type": "enabled_cluster_log_types",
    },
    "remote_network_config.remote_node_networks.cidrs",
    "remote_network_config.remote_pod_networks.cidrs",
  ),
  aws_eks_node_group: same(
    "AWS::EKS::Nodegroup",
    { NodegroupName: "node_group_name", NodeRole: "node_role_arn", Subnets: "subnet_ids", Taints: "taint" },
    "remote_access.ec2_ssh_key",
  ),
  aws_eks_pod_identity_association: same("AWS::EKS::PodIdentityAssociation"),
  aws_flow_log: same(
    "AWS::EC2::FlowLog",
    { DeliverLogsPermissionArn: "iam_role_arn" },
    "destination_options.file_format",
    "destination_options.hive_compatible_partitions",
    "destination_options.per_hour_partition",
  ),
  aws_glue_catalog_database: same("AWS::Glue::Database", { DatabaseInput: "" }),
  aws_glue_catalog_table: same("AWS::Glue::Table", { TableInput: "" }),
  aws_iam_instance_profile: same(
    "AWS::IAM::InstanceProfile",
    { InstanceProfileName: "name", Roles: "role" },
    "role",
  ),
  aws_iam_openid_connect_provider: same("AWS::IAM::OIDCProvider", {
    ClientIdList: "client_id_list",
    ThumbprintList: "thumbprint_list",
  }),
  aws_iam_policy: same("AWS::IAM::ManagedPolicy", { ManagedPolicyName: "name", PolicyDocument: "policy" }),
  aws_iam_role: same("AWS::IAM::Role", {
    AssumeRolePolicyDocument: "assume_role_policy",
    RoleName: "name",
    Policies: "",
  }),
  aws_iam_role_policy: same("AWS::IAM::RolePolicy", {
    PolicyDocument: "policy",
    PolicyName: "name",
    RoleName: "role",
  }),
  aws_iam_service_linked_role: same("AWS::IAM::ServiceLinkedRole", { AWSServiceName: "aws_service_name" }),
  aws_kms_alias: same("AWS::KMS::Alias", { AliasName: "name" }),
  aws_kms_key: same("AWS::KMS::Key", {
    PendingWindowInDays: "deletion_window_in_days",
    KeySpec: "customer_master_key_spec",
  }),
  aws_kms_replica_key: same("AWS::KMS::ReplicaKey", { PendingWindowInDays: "deletion_window_in_days" }),
  aws_launch_template: same("AWS::EC2::LaunchTemplate", {
    LaunchTemplateName: "name",
    LaunchTemplateData: "",
    VersionDescription: "description",
  }),
  aws_lb: same("AWS::ElasticLoadBalancingV2::LoadBalancer", { Type: "load_balancer_type" }),
  aws_lb_listener: same("AWS::ElasticLoadBalancingV2::Listener", {
    DefaultActions: "default_action",
    "DefaultActions.AuthenticateCognitoConfig": "default_action.authenticate_cognito",
    "DefaultActions.AuthenticateOidcConfig": "default_action.authenticate_oidc",
    "DefaultActions.FixedResponseConfig": "default_action.fixed_response",
    "DefaultActions.ForwardConfig": "default_action.forward",
    "DefaultActions.RedirectConfig": "default_action.redirect",
  }),
  aws_lb_target_group: same("AWS::ElasticLoadBalancingV2::TargetGroup", {
    HealthCheckEnabled: "health_check.enabled",
    HealthCheckIntervalSeconds: "health_check.interval",
    HealthCheckPath: "health_check.path",
    HealthCheckPort: "health_check.port",
    HealthCheckProtocol: "health_check.protocol",
    HealthCheckTimeoutSeconds: "health_check.timeout",
    HealthyThresholdCount: "health_check.healthy_threshold",
    UnhealthyThresholdCount: "health_check.unhealthy_threshold",
    "Matcher.HttpCode": "health_check.matcher",
    Matcher: "",
  }),
  aws_nat_gateway: same("AWS::EC2::NatGateway"),
  aws_network_acl: same("AWS::EC2::NetworkAcl"),
  aws_network_acl_rule: same("AWS::EC2::NetworkAclEntry"),
  aws_networkfirewall_firewall: same("AWS::NetworkFirewall::Firewall", {
    FirewallName: "name",
    SubnetMappings: "subnet_mapping",
  }),
  aws_networkfirewall_firewall_policy: same("AWS::NetworkFirewall::FirewallPolicy", {
    FirewallPolicyName: "name",
  }),
  aws_networkfirewall_logging_configuration: same("AWS::NetworkFirewall::LoggingConfiguration", {
    "LoggingConfiguration.LogDestinationConfigs": "logging_configuration.log_destination_config",
  }),
  aws_networkfirewall_rule_group: same("AWS::NetworkFirewall::RuleGroup", { RuleGroupName: "name" }),
  aws_route: same("AWS::EC2::Route"),
  aws_route53_resolver_endpoint: same("AWS::Route53Resolver::ResolverEndpoint", {
    IpAddresses: "ip_address",
    OutpostArn: "",
    PreferredInstanceType: "",
  }),
  aws_route53_resolver_query_log_config: same("AWS::Route53Resolver::ResolverQueryLoggingConfig"),
  aws_route53_resolver_rule: same("AWS::Route53Resolver::ResolverRule", { TargetIps: "target_ip" }),
  aws_route53_resolver_rule_association: same("AWS::Route53Resolver::ResolverRuleAssociation"),
  aws_route53_zone: same("AWS::Route53::HostedZone", {
    HostedZoneConfig: "",
    HostedZoneTags: "tags",
    VPCs: "vpc",
  }),
  aws_route_table: same("AWS::EC2::RouteTable"),
  aws_route_table_association: same("AWS::EC2::SubnetRouteTableAssociation"),
  aws_s3_bucket: {
    cloudFormation: "AWS::S3::Bucket",
    properties: { BucketName: "bucket" },
    only: ["BucketName"],
  },
  aws_s3_bucket_lifecycle_configuration: {
    cloudFormation: "AWS::S3::Bucket",
    properties: {
      "LifecycleConfiguration.Rules": "rule",
      "LifecycleConfiguration.Rules.Transitions": "rule.transition",
      "LifecycleConfiguration.Rules.NoncurrentVersionTransitions": "rule.noncurrent_version_transition",
    },
    only: ["LifecycleConfiguration"],
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    cloudFormation: "AWS::S3::Bucket",
    properties: {
      "BucketEncryption.ServerSideEncryptionConfiguration": "rule",
      "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault":
        "rule.apply_server_side_encryption_by_default",
    },
    only: ["BucketEncryption"],
  },
  aws_s3_bucket_policy: same("AWS::S3::BucketPolicy", { PolicyDocument: "policy" }),
  aws_s3_bucket_ownership_controls: {
    cloudFormation: "AWS::S3::Bucket",
    properties: { "OwnershipControls.Rules": "rule" },
    only: ["OwnershipControls"],
  },
  aws_s3_bucket_versioning: { cloudFormation: "AWS::S3::Bucket", only: ["VersioningConfiguration"] },
  aws_secretsmanager_secret: same("AWS::SecretsManager::Secret"),
  aws_security_group: same(
    "AWS::EC2::SecurityGroup",
    {
      GroupName: "name",
      GroupDescription: "description",
      SecurityGroupIngress: "ingress",
      SecurityGroupEgress: "egress",
    },
    "description",
  ),
  aws_security_group_rule: same("AWS::EC2::SecurityGroupIngress"),
  aws_sns_topic: same("AWS::SNS::Topic", { TopicName: "name" }),
  aws_sqs_queue: same("AWS::SQS::Queue", {
    QueueName: "name",
    MaximumMessageSize: "max_message_size",
    MessageRetentionPeriod: "message_retention_seconds",
    ReceiveMessageWaitTimeSeconds: "receive_wait_time_seconds",
    VisibilityTimeout: "visibility_timeout_seconds",
  }),
  aws_sqs_queue_policy: same("AWS::SQS::QueuePolicy", { PolicyDocument: "policy", Queues: "queue_url" }),
  aws_subnet: same("AWS::EC2::Subnet"),
  aws_vpc: same("AWS::EC2::VPC"),
  aws_vpc_endpoint: same("AWS::EC2::VPCEndpoint"),
  aws_vpc_ipv4_cidr_block_association: same("AWS::EC2::VPCCidrBlock"),
  aws_vpc_peering_connection: same("AWS::EC2::VPCPeeringConnection"),
  aws_vpc_security_group_egress_rule: same("AWS::EC2::SecurityGroupEgress"),
  aws_vpc_security_group_ingress_rule: same("AWS::EC2::SecurityGroupIngress"),
};

import type { ValueConstraint } from "./value-constraint";

type Values = Readonly<Record<string, ValueConstraint>>;

/** EC2 API Reference, CreateVpc and CreateSubnet: between a /16 and a /28. */
const NETWORK = { pattern: "^[0-9.]+/(1[6-9]|2[0-8])$" };

/** -1 is all of them (EC2 API Reference, IpPermission). */
const PORT = { minimum: -1, maximum: 65_535 };

/** EC2 API Reference, NetworkAclEntry. Numbers of one direction are for IPv4 and IPv6 together. */
const ACL_NUMBER = { minimum: 1, maximum: 32_766 };
const ACL_ENTRIES = { uniqueItems: "rule_no" };

const IAM_NAME = "^[\\w+=,.@-]+$";
const EC2_DESCRIPTION = { pattern: "^[a-zA-Z0-9. _\\-:/()#,@[\\]+=&;{}!$*]*$", maxLength: 255 };

/** A rule's text; without it EC2 takes the rule, too. EC2 API Reference, IpRange. */
const securityGroupRule: Values = { description: EC2_DESCRIPTION, from_port: PORT, to_port: PORT };

/** Elastic Load Balancing API Reference, CreateLoadBalancer and CreateTargetGroup. */
const LOAD_BALANCER_NAME = "^(?!internal-)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$";

/**
 * What the APIs themselves take, where CloudFormation's schemas say nothing or less: patterns and lengths of the API
 * references (read 2026-11-28, those of IAM, KMS, EKS, EventBridge and CloudWatch in the models of botocore 1.44.8),
 * sizes of policies of "IAM and STS quotas" and of each service's quotas, as an account has them at first.
 */
export const awsApiValues: Readonly<Record<string, Values>> = {
  aws_cloudwatch_event_rule: { event_pattern: { maxLength: 4096 } },
  aws_cloudwatch_metric_alarm: {
    alarm_name: { minLength: 1 },
    alarm_actions: { maxItems: 5 },
    ok_actions: { maxItems: 5 },
    insufficient_data_actions: { maxItems: 5 },
    metric_query: { uniqueItems: "id" },
  },
  aws_ec2_subnet_cidr_reservation: { reservation_type: { enum: ["prefix", "explicit"] } },
  aws_eks_cluster: {
    name: { pattern: "^[0-9A-Za-z][A-Za-z0-9\\-_]*$" },
    // Amazon EKS User Guide: "View and manage service quotas" (not adjustable) and "Networking requirements".
    "vpc_config.public_access_cidrs": { maxItems: 40 },
    "vpc_config.subnet_ids": { minItems: 2 },
  },
  aws_eks_node_group: { node_group_name: { pattern: "^[0-9A-Za-z][A-Za-z0-9\\-_]*$", maxLength: 63 } },
  aws_iam_instance_profile: { name: { pattern: IAM_NAME, minLength: 1, maxLength: 128 } },
  aws_iam_policy: {
    name: { pattern: IAM_NAME, minLength: 1, maxLength: 128 },
    policy: { maxSize: 6144 },
  },
  aws_iam_role: { assume_role_policy: { maxSize: 2048 } },
  aws_iam_role_policy: {
    name: { pattern: IAM_NAME, minLength: 1, maxLength: 128 },
    policy: { maxSize: 10_240 },
  },
  aws_kms_key: { policy: { maxLength: 32_768 } },
  aws_kms_replica_key: { policy: { maxLength: 32_768 } },
  aws_launch_template: {
    name: { pattern: "^[a-zA-Z0-9().\\-/_]+$", minLength: 3, maxLength: 128 },
    description: { maxLength: 255 },
    block_device_mappings: { uniqueItems: "device_name" },
    // EC2 API Reference, EbsBlockDevice and InstanceMetadataOptionsRequest; the widest of all volume types.
    "block_device_mappings.ebs.iops": { minimum: 100, maximum: 256_000 },
    "block_device_mappings.ebs.throughput": { minimum: 125, maximum: 2000 },
    "block_device_mappings.ebs.volume_size": { minimum: 1, maximum: 65_536 },
    "metadata_options.http_put_response_hop_limit": { minimum: 1, maximum: 64 },
  },
  aws_lb: {
    name: { pattern: LOAD_BALANCER_NAME, maxLength: 32 },
    name_prefix: { pattern: "^(?!internal-)[a-zA-Z0-9][a-zA-Z0-9-]*$", maxLength: 6 },
  },
  aws_lb_target_group: {
    name: { pattern: LOAD_BALANCER_NAME, maxLength: 32 },
    name_prefix: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9-]*$", maxLength: 6 },
  },
  aws_network_acl: {
    ingress: ACL_ENTRIES,
    egress: ACL_ENTRIES,
    "ingress.rule_no": ACL_NUMBER,
    "egress.rule_no": ACL_NUMBER,
  },
  aws_network_acl_rule: { rule_number: ACL_NUMBER },
  // S3 User Guide, "Setting an S3 Lifecycle configuration on a bucket".
  aws_s3_bucket_lifecycle_configuration: { rule: { uniqueItems: "id", maxItems: 1000 } },
  aws_s3_bucket_policy: { policy: { maxLength: 20_480 } },
  aws_secretsmanager_secret: {
    name: { pattern: "^[a-zA-Z0-9/_+=.@-]+$", minLength: 1 },
  },
  aws_security_group: {
    name: { pattern: "^(?!sg-)[a-zA-Z0-9 ._\\-:/()#,@[\\]+=&;{}!$*]+$", maxLength: 255 },
    description: { ...EC2_DESCRIPTION, minLength: 1 },
    "ingress.description": EC2_DESCRIPTION,
    "egress.description": EC2_DESCRIPTION,
    "ingress.from_port": PORT,
    "ingress.to_port": PORT,
    "egress.from_port": PORT,
    "egress.to_port": PORT,
  },
  aws_security_group_rule: securityGroupRule,
  aws_sns_topic: { name: { pattern: "^[a-zA-Z0-9_-]+(?:\\.fifo)?$", maxLength: 256 } },
  aws_sqs_queue: { name: { pattern: "^[a-zA-Z0-9_-]+(?:\\.fifo)?$", maxLength: 80 } },
  aws_subnet: { cidr_block: NETWORK },
  aws_vpc: { cidr_block: NETWORK },
  aws_vpc_endpoint: { policy: { maxLength: 20_480 } },
  aws_vpc_ipv4_cidr_block_association: { cidr_block: NETWORK },
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: securityGroupRule,
};

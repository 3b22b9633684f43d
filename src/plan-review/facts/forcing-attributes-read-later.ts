import type { ForcingAttributes } from "./forcing-attribute";

/** Read in HashiCorp's own repository, each file at the commit that is named. */
function at(commit: string, file: string, attributes: string): ForcingAttributes {
  return {
    attributes: attributes.split(" "),
    source: { repository: "hashicorp/terraform-provider-aws", commit, file: `internal/service/${file}` },
  };
}

/** Resources that the platform makes beside those of the first table (forcing-attributes.ts). */
export const readLater: Readonly<Record<string, ForcingAttributes>> = {
  aws_athena_named_query: at(
    "088e0878080a74fcf1e35d901992372e4c041214",
    "athena/named_query.go",
    "database description name query workgroup",
  ),
  aws_athena_workgroup: at("0148137dc6fb802b97b74036846777ab15c0f9ad", "athena/workgroup.go", "name"),
  aws_cloudwatch_event_rule: at(
    "0cdab4ae09a963535e03dde0bff4784afe8e3517",
    "events/rule.go",
    "event_bus_name name name_prefix",
  ),
  aws_cloudwatch_event_target: at(
    "0762c41e2027fcd3cb8340d3e6886c6975fc0a59",
    "events/target.go",
    "event_bus_name rule target_id",
  ),
  aws_cloudwatch_log_resource_policy: at(
    "00a35305dc1b297a6fcdecdfbba33f1e63c3da39",
    "logs/resource_policy.go",
    "policy_name resource_arn",
  ),
  aws_cloudwatch_metric_alarm: at(
    "055611a654738da73e7b1e2b5d2b7672c6d4d531",
    "cloudwatch/metric_alarm.go",
    "alarm_name",
  ),
  aws_ec2_subnet_cidr_reservation: at(
    "15f63f0045b4d9811e221dfbdb899c1a3418153e",
    "ec2/vpc_subnet_cidr_reservation.go",
    "cidr_block description reservation_type subnet_id",
  ),
  aws_egress_only_internet_gateway: at(
    "08923b68b5ad6fcfdd38362fb5247e39a9b07add",
    "ec2/vpc_egress_only_internet_gateway.go",
    "vpc_id",
  ),
  aws_glue_catalog_database: at(
    "0075c7864e9415d7cb404160187eeb9257b34ca6",
    "glue/catalog_database.go",
    "catalog_id name target_database",
  ),
  aws_kms_replica_key: at(
    "06b540fba1eb07c6ecdb72cb8947e818b301c21c",
    "kms/replica_key.go",
    "primary_key_arn",
  ),
  aws_lb_listener: at("01c08000ddb14181b5bd19201d8fca311dc570e4", "elbv2/listener.go", "load_balancer_arn"),
  aws_networkfirewall_firewall_policy: at(
    "0148137dc6fb802b97b74036846777ab15c0f9ad",
    "networkfirewall/firewall_policy.go",
    "name",
  ),
  aws_networkfirewall_logging_configuration: at(
    "0336cf85054df912b825085b06d10cc7fe029f91",
    "networkfirewall/logging_configuration.go",
    "firewall_arn",
  ),
  aws_networkfirewall_rule_group: at(
    "050ac11163cab8cdae5936a7f40b0e528ff780df",
    "networkfirewall/rule_group.go",
    "capacity name",
  ),
  aws_route53_resolver_endpoint: at(
    "01c08000ddb14181b5bd19201d8fca311dc570e4",
    "route53resolver/endpoint.go",
    "direction security_group_ids",
  ),
  aws_route53_resolver_query_log_config: at(
    "01f431114674c27cf790fafb67ac274bf8f765e1",
    "route53resolver/query_log_config.go",
    "destination_arn name",
  ),
  aws_route53_resolver_query_log_config_association: at(
    "090344804c490a98599aee521af0ce5ac61b9cb1",
    "route53resolver/query_log_config_association.go",
    "resolver_query_log_config_id resource_id",
  ),
  aws_route53_resolver_rule: at(
    "00a35305dc1b297a6fcdecdfbba33f1e63c3da39",
    "route53resolver/rule.go",
    "domain_name rule_type",
  ),
  aws_route53_resolver_rule_association: at(
    "01c08000ddb14181b5bd19201d8fca311dc570e4",
    "route53resolver/rule_association.go",
    "name resolver_rule_id vpc_id",
  ),
  aws_route53_zone_association: at(
    "0620f2a6a126dfcbc4aecbc9a117b0fbea1656ff",
    "route53/zone_association.go",
    "vpc_id vpc_region zone_id",
  ),
  aws_s3_bucket_policy: at("0073593e7d6993ba482409f4dc35438daaa79bb3", "s3/bucket_policy.go", "bucket"),
  aws_s3_bucket_public_access_block: at(
    "01606926a0c0ab9174aec440f976a48b0baee722",
    "s3/bucket_public_access_block.go",
    "bucket",
  ),
  aws_sqs_queue: at(
    "00a35305dc1b297a6fcdecdfbba33f1e63c3da39",
    "sqs/queue.go",
    "fifo_queue name name_prefix",
  ),
  aws_sqs_queue_policy: at("0148137dc6fb802b97b74036846777ab15c0f9ad", "sqs/queue_policy.go", "queue_url"),
  aws_vpc_peering_connection: at(
    "04c79849dbe7fbe76c3054b364357bcdaade9ac5",
    "ec2/vpc_peering_connection.go",
    "peer_owner_id peer_region peer_vpc_id vpc_id",
  ),
  aws_vpc_peering_connection_accepter: at(
    "0e00635848d7d1e01221d95e1e49520ef21af318",
    "ec2/vpc_peering_connection_accepter.go",
    "vpc_peering_connection_id",
  ),
};

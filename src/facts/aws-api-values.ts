import type { ValueConstraint } from "./value-constraint";

type Values = Readonly<Record<string, ValueConstraint>>;

const IAM_NAME = "^[\\w+=,.@-]+$";
const EC2_DESCRIPTION = { pattern: "^[a-zA-Z0-9. _\\-:/()#,@[\\]+=&;{}!$*]*$", maxLength: 255 };

/** A rule's text; without it EC2 takes the rule, too. EC2 API Reference, IpRange. */
const ruleDescription: Values = { description: EC2_DESCRIPTION };

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
  },
  aws_eks_cluster: { name: { pattern: "^[0-9A-Za-z][A-Za-z0-9\\-_]*$" } },
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
  },
  aws_lb: {
    name: { pattern: LOAD_BALANCER_NAME, maxLength: 32 },
    name_prefix: { pattern: "^(?!internal-)[a-zA-Z0-9][a-zA-Z0-9-]*$", maxLength: 6 },
  },
  aws_lb_target_group: {
    name: { pattern: LOAD_BALANCER_NAME, maxLength: 32 },
    name_prefix: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9-]*$", maxLength: 6 },
  },
  aws_s3_bucket_policy: { policy: { maxLength: 20_480 } },
  aws_secretsmanager_secret: {
    name: { pattern: "^[a-zA-Z0-9/_+=.@-]+$", minLength: 1 },
  },
  aws_security_group: {
    name: { pattern: "^(?!sg-)[a-zA-Z0-9 ._\\-:/()#,@[\\]+=&;{}!$*]+$", maxLength: 255 },
    description: { ...EC2_DESCRIPTION, minLength: 1 },
    "ingress.description": EC2_DESCRIPTION,
    "egress.description": EC2_DESCRIPTION,
  },
  aws_security_group_rule: ruleDescription,
  aws_sns_topic: { name: { pattern: "^[a-zA-Z0-9_-]+(?:\\.fifo)?$", maxLength: 256 } },
  aws_sqs_queue: { name: { pattern: "^[a-zA-Z0-9_-]+(?:\\.fifo)?$", maxLength: 80 } },
  aws_vpc_endpoint: { policy: { maxLength: 20_480 } },
  aws_vpc_security_group_egress_rule: ruleDescription,
  aws_vpc_security_group_ingress_rule: ruleDescription,
};

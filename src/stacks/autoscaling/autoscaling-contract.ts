import { map, type OutputContract } from "../base/output-contract";

/** What the autoscaling stack publishes. */
export const autoscalingContract = {
  karpenter_aws: map(
    "Karpenter's roles and queue (controller_role_arn, node_role_arn, ...); empty without it",
  ),
  keda_aws: map("AWS role of KEDA's operator (operator_role_arn); empty without queues"),
} as const satisfies OutputContract;

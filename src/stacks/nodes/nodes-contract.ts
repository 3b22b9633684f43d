import { map, text, type OutputContract } from "../base/output-contract";

/** What the nodes stack publishes. */
export const nodesContract = {
  role_arns: map("IAM roles of the node groups, by group"),
  role_names: map("Names of those roles, by group"),
  autoscaling_group_names: map("Auto Scaling groups, joined by commas, by group"),
  ebs_csi_role_arn: text("IAM role of the EBS CSI controller"),
} as const satisfies OutputContract;

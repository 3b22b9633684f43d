/**
 * Types that Capacity Blocks for ML reserve (EC2 DescribeInstanceTypes as eksctl-io/eksctl keeps it,
 * pkg/utils/instance/instance_types.go of 2026-08-21, CBRSupported).
 */
export const capacityBlockTypes: readonly string[] = [
  "p4d.24xlarge",
  "p4de.24xlarge",
  "p5.48xlarge",
  "p5.4xlarge",
  "p5e.48xlarge",
  "p5en.48xlarge",
  "p6-b200.48xlarge",
  "p6-b300.48xlarge",
  "trn1.32xlarge",
  "trn2.48xlarge",
];

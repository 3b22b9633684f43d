/** A bucket of AWS's that nodes read from, and what for. */
export interface AwsOwnedBucket {
  readonly name: string;
  readonly why: string;
  readonly source: string;
}

const SSM_AGENT = 'Systems Manager User Guide, "SSM Agent communications with AWS managed S3 buckets"';

/**
 * Buckets of AWS's that an EKS node reads in a region. Nodes read them with links that ECR signed, or anonymously, so
 * that no condition on the caller's or the bucket's account could admit them.
 *
 * The list is part of what aws-samples/data-perimeter-policy-examples admits by its policy for S3.
 */
export function awsOwnedBuckets(region: string): AwsOwnedBucket[] {
  return [
    {
      name: `prod-${region}-starport-layer-bucket`,
      why: "layers of images in ECR",
      source: 'ECR User Guide, "Minimum Amazon S3 Bucket Permissions for Amazon ECR"',
    },
    {
      name: `al2023-repos-${region}-de612dc2`,
      why: "packages and security updates of Amazon Linux 2023",
      source: 'Amazon Linux 2023 User Guide, "Kernel Live Patching on AL2023"',
    },
    { name: `amazon-ssm-${region}`, why: "versions of SSM Agent", source: SSM_AGENT },
    { name: `amazon-ssm-packages-${region}`, why: "packages of SSM Distributor", source: SSM_AGENT },
    { name: `aws-ssm-${region}`, why: "modules of Systems Manager documents", source: SSM_AGENT },
    { name: `aws-ssm-document-attachments-${region}`, why: "attachments of documents", source: SSM_AGENT },
    { name: `${region}-birdwatcher-prod`, why: "packages of SSM Distributor", source: SSM_AGENT },
    { name: `patch-baseline-snapshot-${region}`, why: "snapshots of patch baselines", source: SSM_AGENT },
  ];
}

/** An AWS service that a VPC reaches by no interface endpoint of its own region, and who would call it. */
export interface ServiceWithoutEndpoint {
  readonly service: string;
  readonly calledBy: string;
  readonly instead: string;
}

/**
 * What software of the platform calls and no VPC endpoint of the target's region leads to. IAM and Route 53 are global:
 * an endpoint of theirs is in us-east-1 if anywhere (`aws ec2 describe-vpc-endpoint-services` tells).
 *
 * Sources: IAM User Guide, "Interface VPC endpoints"; Karpenter documentation, "Private Clusters"; EKS User Guide,
 * "Deploy private clusters with limited internet access".
 */
export const servicesWithoutEndpoint: readonly ServiceWithoutEndpoint[] = [
  {
    service: "IAM",
    calledBy: "Karpenter, where it makes instance profiles",
    instead: "an instance profile that Terraform makes (EC2NodeClass spec.instanceProfile)",
  },
  {
    service: "Route 53",
    calledBy: "external-dns and cert-manager (DNS-01)",
    instead: "records and certificates that Terraform makes",
  },
  {
    service: "Price List",
    calledBy: "Karpenter",
    instead: "its built-in prices (settings.isolatedVPC), which grow old",
  },
  {
    service: "AWS Shield",
    calledBy: "AWS Load Balancer Controller",
    instead: "the controller with enableShield: false",
  },
  {
    service: "ECR Public (public.ecr.aws)",
    calledBy: "pulls of charts and images",
    instead: "images.mirror, filled before (octarine images TARGET --copy crane)",
  },
];

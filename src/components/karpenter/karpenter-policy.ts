import { policyJson } from "../../modules/policy-document";
import type { KarpenterIamPolicyStatement } from "../../modules/registry/karpenter";

export interface KarpenterAccount {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * What Karpenter 1.14 asks of AWS and the registry module (eks 21.11.0) does not allow, in the form of Karpenter's own
 * CloudFormation template (aws/karpenter-provider-aws v1.14.1, ResourceDiscoveryPolicy and ZonalShiftPolicy).
 */
export function karpenterPolicyGaps(
  { partition, region, accountId }: KarpenterAccount,
  clusterName: string,
): KarpenterIamPolicyStatement[] {
  return [
    {
      sid: "AllowRegionalReadActionsOfThisVersion",
      actions: ["ec2:DescribeInstanceStatus", "ec2:DescribePlacementGroups"],
      // EC2's Describe actions know no resources.
      resources: ["*"],
      condition: [{ test: "StringEquals", variable: "aws:RequestedRegion", values: [region] }],
    },
    {
      sid: "AllowZonalShiftStatusReadOnly",
      actions: ["arc-zonal-shift:GetManagedResource"],
      // The cluster is named by the condition: the action has no resource type for clusters.
      resources: ["*"],
      condition: [
        {
          test: "StringEquals",
          variable: "arc-zonal-shift:ResourceIdentifier",
          values: [`arn:${partition}:eks:${region}:${accountId}:cluster/${clusterName}`],
        },
      ],
    },
  ];
}

export interface ServiceAccountIssuer {
  /** ARN of the cluster's IAM OIDC provider; may be a token. */
  readonly providerArn: string;
  /** The issuer as IAM conditions name it: without scheme. May be a token. */
  readonly issuer: string;
}

/**
 * Trust of the controller's role for IRSA. It has the id of the module's own statement and so takes its place: nobody
 * but this one service account may have the role.
 */
export function karpenterIrsaTrust({ providerArn, issuer }: ServiceAccountIssuer): string {
  return policyJson([
    {
      Sid: "PodIdentity",
      Effect: "Allow",
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${issuer}:sub`]: "system:serviceaccount:kube-system:karpenter",
          [`${issuer}:aud`]: "sts.amazonaws.com",
        },
      },
    },
  ]);
}

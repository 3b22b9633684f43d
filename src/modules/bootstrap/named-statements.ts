import type { PolicyStatement } from "../policy-document";
import type { DeployScope } from "./service-statements";

/**
 * Services that roles of the platform are passed to. EKS: clusters, node groups, access entries; EC2: instances of node
 * groups, as EKS passes them on (AWSServiceRoleForAmazonEKSNodegroup); Pod Identity; VPC flow logs.
 */
const PASSED_TO = [
  "ec2.amazonaws.com",
  "eks.amazonaws.com",
  "pods.eks.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** AWS's own policies that roles of the platform carry. None of them administers anything. */
const AWS_POLICIES = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEKS*",
  "AmazonSSMManagedInstanceCore",
  "AWSXrayWriteOnlyAccess",
  "CloudWatchAgentServerPolicy",
];

/** Roles, policies, instance profiles and buckets whose names start with one of the prefixes, and nobody else's. */
export function namedStatements(scope: DeployScope): PolicyStatement[] {
  const { accountId, partition, namePrefixes, namedPolicies } = scope;
  const named = (kind: string) =>
    namePrefixes.map((prefix) => `arn:${partition}:iam::${accountId}:${kind}/${prefix}-*`);
  return [
    {
      Sid: "Roles",
      Effect: "Allow",
      Action: [
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: named("role"),
    },
    {
      Sid: "RolePolicies",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      Resource: named("role"),
      Condition: {
        ArnLike: {
          "iam:PolicyARN": [
            ...AWS_POLICIES.map((name) => `arn:${partition}:iam::aws:policy/${name}`),
            ...named("policy"),
            ...namedPolicies,
          ],
        },
      },
    },
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: named("role"),
      Condition: { StringEquals: { "iam:PassedToService": PASSED_TO } },
    },
    {
      Sid: "Policies",
      Effect: "Allow",
      Action: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
        "iam:TagPolicy",
        "iam:UntagPolicy",
      ],
      Resource: named("policy"),
    },
    {
      Sid: "InstanceProfiles",
      Effect: "Allow",
      Action: [
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagInstanceProfile",
        "iam:UntagInstanceProfile",
      ],
      Resource: named("instance-profile"),
    },
    {
      Sid: "Buckets",
      Effect: "Allow",
      Action: "s3:*",
      Resource: namePrefixes.flatMap((prefix) => [
        `arn:${partition}:s3:::${prefix}-*`,
        `arn:${partition}:s3:::${prefix}-*/*`,
      ]),
    },
  ];
}

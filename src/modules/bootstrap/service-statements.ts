import type { PolicyStatement } from "../policy-document";
import { globalServices, regionalServices, type ServiceActions } from "./platform-services";

/** The account that the deploy role builds in, and what it builds. */
export interface DeployScope {
  readonly accountId: string;
  readonly partition: string;
  readonly regions: readonly string[];
  /** What names of roles, policies and buckets start with, without the dash: cluster names, workspaces. */
  readonly namePrefixes: readonly string[];
  /** Policies by ARN that somebody else made and roles of the platform carry, because the configuration names them. */
  readonly namedPolicies: readonly string[];
}

/** AWS services, in the regions of the environment's targets only. */
export function serviceStatements({ partition, regions }: DeployScope): PolicyStatement[] {
  return [
    {
      Sid: "Build",
      Effect: "Allow",
      Action: actionsOf(regionalServices),
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": regions } },
    },
    { Sid: "BuildGlobal", Effect: "Allow", Action: actionsOf(globalServices), Resource: "*" },
    {
      // AMIs and the like, which AWS publishes; the account's own parameters hold secrets.
      Sid: "PublicParameters",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters"],
      Resource: `arn:${partition}:ssm:*::parameter/aws/service/*`,
    },
  ];
}

/** What Terraform asks about IAM: the caller's own role (EKS module), AWS's policies, service-linked roles. */
export function iamReadStatement(): PolicyStatement {
  return {
    Sid: "ReadIam",
    Effect: "Allow",
    Action: [
      "iam:GetInstanceProfile",
      "iam:GetOpenIDConnectProvider",
      "iam:GetPolicy*",
      "iam:GetRole*",
      "iam:ListAttachedRolePolicies",
      "iam:ListEntitiesForPolicy",
      "iam:ListInstanceProfile*",
      "iam:ListOpenIDConnectProvider*",
      "iam:ListPolic*",
      "iam:ListRole*",
    ],
    Resource: "*",
  };
}

/** Identity providers of clusters, and service-linked roles of the services that a cluster needs. */
export function clusterIdentityStatements(
  { accountId, partition, regions }: DeployScope,
  serviceLinkedRoleServices: readonly string[],
): PolicyStatement[] {
  return [
    {
      Sid: "ClusterIssuers",
      Effect: "Allow",
      Action: [
        "iam:AddClientIDToOpenIDConnectProvider",
        "iam:CreateOpenIDConnectProvider",
        "iam:DeleteOpenIDConnectProvider",
        "iam:RemoveClientIDFromOpenIDConnectProvider",
        "iam:TagOpenIDConnectProvider",
        "iam:UntagOpenIDConnectProvider",
        "iam:UpdateOpenIDConnectProviderThumbprint",
      ],
      Resource: regions.map(
        (region) => `arn:${partition}:iam::${accountId}:oidc-provider/oidc.eks.${region}.amazonaws.com/*`,
      ),
    },
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:${partition}:iam::${accountId}:role/aws-service-role/*`,
      Condition: { StringEquals: { "iam:AWSServiceName": serviceLinkedRoleServices } },
    },
  ];
}

function actionsOf(services: Readonly<Record<string, ServiceActions>>): string[] {
  return Object.values(services)
    .flatMap(({ actions }) => actions)
    .sort();
}

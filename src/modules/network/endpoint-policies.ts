import { awsOwnedBuckets } from "../../facts/aws-owned-buckets";
import { eksRegistryAccount } from "../../facts/eks-registry-accounts";
import { type PolicyStatement, policyJson } from "../policy-document";

/** Whose identities may call whose resources through the endpoints of a VPC. */
export interface EndpointPerimeter {
  readonly accountId: string;
  readonly organizationId?: string;
  readonly partition: string;
  readonly region: string;
  /** Buckets of others that may be read. */
  readonly buckets: readonly string[];
}

type Condition = NonNullable<PolicyStatement["Condition"]>;

function allow(
  Sid: string,
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: Condition,
): PolicyStatement {
  return { Sid, Effect: "Allow", Principal: "*", Action, Resource, ...(Condition && { Condition }) };
}

/** Key and value by which a request's identity or resource is ours. */
function ours(what: "Principal" | "Resource", { accountId, organizationId }: EndpointPerimeter): Condition {
  return {
    StringEquals:
      organizationId === undefined
        ? { [`aws:${what}Account`]: accountId }
        : { [`aws:${what}OrgID`]: organizationId },
  };
}

/** Identities and resources of the account and the organization, and AWS's own services on their behalf. */
function everyService(perimeter: EndpointPerimeter): PolicyStatement[] {
  const { accountId, organizationId } = perimeter;
  return [
    allow("Account", "*", "*", {
      StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId },
    }),
    ...(organizationId === undefined
      ? []
      : [
          allow("Organization", "*", "*", {
            StringEquals: { "aws:PrincipalOrgID": organizationId, "aws:ResourceOrgID": organizationId },
          }),
        ]),
    allow("AwsServices", "*", "*", { Bool: { "aws:PrincipalIsAWSService": "true" } }),
  ];
}

/** What a node or controller needs of resources that are AWS's. */
function exceptions(service: string, perimeter: EndpointPerimeter): PolicyStatement[] {
  const { partition, region, buckets } = perimeter;
  const own = ours("Principal", perimeter).StringEquals;
  switch (service) {
    case "s3":
      return [
        allow(
          "AwsOwnedBuckets",
          "s3:GetObject",
          awsOwnedBuckets(region).map(({ name }) => `arn:${partition}:s3:::${name}/*`),
        ),
        ...(buckets.length === 0
          ? []
          : [
              allow(
                "BucketsOfOthers",
                ["s3:GetObject", "s3:ListBucket"],
                [...buckets].sort().flatMap((name) => {
                  const arn = `arn:${partition}:s3:::${name}`;
                  return [arn, `${arn}/*`];
                }),
              ),
            ]),
      ];
    case "ecr.api":
    case "ecr.dkr":
      return [
        allow(
          "EksAddonImages",
          ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          "*",
          { StringEquals: { ...own, "aws:ResourceAccount": eksRegistryAccount(region) } },
        ),
      ];
    case "ec2":
      return [
        allow("AmazonImages", ["ec2:CreateFleet", "ec2:RunInstances"], "*", {
          StringEquals: { ...own, "ec2:Owner": "amazon" },
        }),
      ];
    case "ssm":
      return [
        allow(
          "PublicParametersAndDocuments",
          ["ssm:Describe*", "ssm:Get*", "ssm:List*", "ssm:StartSession"],
          [`arn:${partition}:ssm:${region}::parameter/aws/*`, `arn:${partition}:ssm:${region}::document/*`],
          { StringEquals: { ...own } },
        ),
      ];
    case "sts":
      // A service account's token is no identity of an account yet; the role that it asks for is.
      return [allow("ServiceAccounts", "sts:AssumeRoleWithWebIdentity", "*", ours("Resource", perimeter))];
    default:
      return [];
  }
}

/**
 * Policy of one VPC endpoint, as JSON text. It grants nothing: it is the most that can be done through the endpoint.
 * Conditions and exceptions follow aws-samples/data-perimeter-policy-examples, vpc_endpoint_policies.
 *
 * @param service as in the endpoint's name, for example `ecr.api`
 */
export function endpointPolicy(service: string, perimeter: EndpointPerimeter): string {
  return policyJson([...everyService(perimeter), ...exceptions(service, perimeter)]);
}

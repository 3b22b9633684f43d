import { awsOwnedBuckets } from "../../facts/aws-owned-buckets";
import { regionNamed } from "../../facts/regions";
import { type PolicyStatement, policyJson } from "../policy-document";
import { allow, type EndpointPerimeter, ours } from "./endpoint-perimeter";
import { ownerlessStatements } from "./ownerless-statements";

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

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** What a node or controller needs of resources that are AWS's. */
function exceptions(service: string, perimeter: EndpointPerimeter): PolicyStatement[] {
  const { partition, region } = perimeter;
  const own = ours("Principal", perimeter);
  switch (service) {
    case "s3":
      return bucketStatements(perimeter);
    case "ecr.api":
    case "ecr.dkr":
      return registryStatements(perimeter);
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
    case "iam":
      return [
        allow("AwsPolicies", ["iam:Get*", "iam:List*"], `arn:${partition}:iam::aws:policy/*`, {
          StringEquals: { ...own },
        }),
      ];
    case "sts":
      // A service account's token is not yet an identity of an account; the role that it asks for is.
      return [
        allow("ServiceAccounts", "sts:AssumeRoleWithWebIdentity", "*", {
          StringEquals: { ...ours("Resource", perimeter) },
        }),
      ];
    default:
      return [];
  }
}

function bucketStatements({ partition, region, buckets, elsewhere }: EndpointPerimeter): PolicyStatement[] {
  const arn = (name: string) => `arn:${partition}:s3:::${name}`;
  const { layerBuckets } = elsewhere;
  return [
    allow(
      "AwsOwnedBuckets",
      "s3:GetObject",
      awsOwnedBuckets(region).map(({ name }) => `${arn(name)}/*`),
    ),
    // Read with links that the registry signed, or anonymously: the caller is nobody of ours.
    ...(layerBuckets.length === 0
      ? []
      : [
          allow(
            "LayersOfPublicRegistries",
            "s3:GetObject",
            layerBuckets.map((name) => `${arn(name)}/*`),
          ),
        ]),
    ...(buckets.length === 0
      ? []
      : [
          allow(
            "BucketsOfOthers",
            ["s3:GetObject", "s3:ListBucket"],
            [...buckets].sort().flatMap((name) => [arn(name), `${arn(name)}/*`]),
          ),
        ]),
  ];
}

function registryStatements(perimeter: EndpointPerimeter): PolicyStatement[] {
  const { region, elsewhere } = perimeter;
  const own = ours("Principal", perimeter);
  const { eksImages, bottlerocketImages } = regionNamed(region);
  const pull = (sid: string, accounts: string | readonly string[]) =>
    allow(sid, PULL, "*", { StringEquals: { ...own, "aws:ResourceAccount": accounts } });
  return [
    pull("EksAddonImages", eksImages),
    // Its control container is Session Manager's way into a node.
    ...(bottlerocketImages === undefined ? [] : [pull("BottlerocketHostContainers", bottlerocketImages)]),
    ...(elsewhere.registryAccounts.length === 0
      ? []
      : [pull("RegistriesOfOthers", [...elsewhere.registryAccounts].sort())]),
  ];
}

/** IAM's prefix of what is called through an endpoint. */
function prefixOf(service: string): string {
  const [prefix = service] = service.split(".");
  return prefix === "monitoring" ? "cloudwatch" : prefix;
}

/** What the configuration names of other accounts: nobody else's, and each by its ARN. */
function elsewhereStatements(service: string, perimeter: EndpointPerimeter): PolicyStatement[] {
  const { elsewhere } = perimeter;
  const own = ours("Principal", perimeter);
  const prefix = prefixOf(service);
  const named = elsewhere.arns.filter((arn) => arn.split(":")[2] === (prefix === "sts" ? "iam" : prefix));
  return [
    ...(named.length === 0
      ? []
      : [
          allow(
            "NamedElsewhere",
            // Session tags of EKS Pod Identity go along into a further role, and setting them is an action of its own.
            prefix === "sts" ? ["sts:AssumeRole", "sts:TagSession"] : `${prefix}:*`,
            [...named].sort(),
            { StringEquals: { ...own } },
          ),
        ]),
    // With a role of the peer's, the token's replica in this region: identity and secret are both the peer's.
    ...(prefix === "secretsmanager"
      ? [...elsewhere.meshAccounts].sort().map((account) =>
          allow(
            `MeshPeer${account}`,
            ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            "*",
            {
              StringEquals: { "aws:PrincipalAccount": account, "aws:ResourceAccount": account },
            },
          ),
        )
      : []),
  ];
}

/**
 * Policy of one VPC endpoint, as JSON text. It grants nothing: it is the most that can be done through the endpoint.
 * Conditions and exceptions follow aws-samples/data-perimeter-policy-examples, vpc_endpoint_policies.
 *
 * @param service as in the endpoint's name, for example `ecr.api`
 */
export function endpointPolicy(service: string, perimeter: EndpointPerimeter): string {
  return policyJson([
    ...everyService(perimeter),
    ...ownerlessStatements(prefixOf(service), perimeter),
    ...exceptions(service, perimeter),
    ...elsewhereStatements(service, perimeter),
  ]);
}

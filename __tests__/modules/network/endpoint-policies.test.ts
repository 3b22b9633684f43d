import { awsOwnedBuckets } from "../../../src/facts/aws-owned-buckets";
import { type EndpointPerimeter, endpointPolicy } from "../../../src/modules/network/endpoint-policies";
import { interfaceServices } from "../../../src/facts/endpoint-services";
import { type Block, type PolicyDocument, statement } from "../../support/synth";

const perimeter: EndpointPerimeter = {
  accountId: "111122223333",
  organizationId: "o-a1b2c3d4e5",
  partition: "aws",
  region: "eu-west-1",
  buckets: [],
};

function policyOf(service: string, more: Partial<EndpointPerimeter> = {}): PolicyDocument {
  return JSON.parse(endpointPolicy(service, { ...perimeter, ...more })) as PolicyDocument;
}

const services = ["s3", ...interfaceServices("isolated", ["acm-pca"])];

// Issue 4, pattern B: only this account's and organization's principals and resources.
describe.each(services)("the policy of %s", (service) => {
  test("admits the account's identities to the account's resources, and the organization's likewise", () => {
    const policy = policyOf(service);

    expect(statement(policy, "Account").Condition).toEqual({
      StringEquals: { "aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333" },
    });
    expect(statement(policy, "Organization").Condition).toEqual({
      StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceOrgID": "o-a1b2c3d4e5" },
    });
  });

  test("admits nobody else's identity to anybody else's resource", () => {
    const open = policyOf(service).Statement.filter(
      ({ Action, Resource, Condition }) => Condition === undefined && (Action === "*" || Resource === "*"),
    );

    expect(open).toEqual([]);
  });

  test("knows no organization where none is given", () => {
    const text = endpointPolicy(service, { ...perimeter, organizationId: undefined });

    expect(text).not.toContain("OrgID");
    expect(text).toContain("aws:PrincipalAccount");
  });

  test("fits what an endpoint takes: 20,480 characters", () => {
    expect(endpointPolicy(service, perimeter).length).toBeLessThan(20_480);
  });
});

describe("S3", () => {
  test("gives out what EKS and ECR need of AWS's buckets, for reading only", () => {
    const { Action, Resource, Condition } = statement(policyOf("s3"), "AwsOwnedBuckets");

    expect(Action).toBe("s3:GetObject");
    expect(Condition).toBeUndefined();
    expect(Resource).toEqual(
      expect.arrayContaining([
        "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
        "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*",
        "arn:aws:s3:::amazon-ssm-eu-west-1/*",
      ]),
    );
  });

  test("names no bucket for all", () => {
    const { Resource } = statement(policyOf("s3"), "AwsOwnedBuckets");

    expect(
      (Resource as string[]).filter((arn) => !/^arn:aws:s3:::[a-z0-9-]*eu-west-1[a-z0-9-]*\/\*$/.test(arn)),
    ).toEqual([]);
  });

  test("has a source for each bucket", () => {
    expect(awsOwnedBuckets("eu-west-1").filter(({ source, why }) => source === "" || why === "")).toEqual([]);
  });

  test("gives out buckets of others that are named, and has no such statement otherwise", () => {
    expect(statement(policyOf("s3", { buckets: ["vendor"] }), "BucketsOfOthers").Resource).toEqual([
      "arn:aws:s3:::vendor",
      "arn:aws:s3:::vendor/*",
    ]);
    expect(policyOf("s3").Statement.map(({ Sid }) => Sid)).not.toContain("BucketsOfOthers");
  });

  test("speaks of the region's partition", () => {
    const { Resource } = statement(
      policyOf("s3", { partition: "aws-us-gov", region: "us-gov-west-1" }),
      "AwsOwnedBuckets",
    );

    expect((Resource as string[])[0]).toBe("arn:aws-us-gov:s3:::prod-us-gov-west-1-starport-layer-bucket/*");
  });
});

test.each(["ecr.api", "ecr.dkr"])(
  "%s lets our nodes pull the images of EKS's add-ons, of this region",
  (service) => {
    const pull = (region: string) => statement(policyOf(service, { region }), "EksAddonImages");

    expect(pull("eu-west-1")).toMatchObject({
      Action: expect.arrayContaining(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]) as unknown,
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceAccount": "602401143452" },
      },
    });
    const { Condition } = pull("eu-south-1");
    expect((Condition as Record<string, Block>).StringEquals?.["aws:ResourceAccount"]).toBe("590381155156");
  },
);

test("EC2 lets our identities launch Amazon's images, and no other foreign ones", () => {
  expect(statement(policyOf("ec2"), "AmazonImages")).toMatchObject({
    Action: ["ec2:CreateFleet", "ec2:RunInstances"],
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "ec2:Owner": "amazon" } },
  });
});

test("SSM lets our identities read public parameters, such as those of AMIs", () => {
  expect(statement(policyOf("ssm"), "PublicParametersAndDocuments").Resource).toEqual([
    "arn:aws:ssm:eu-west-1::parameter/aws/*",
    "arn:aws:ssm:eu-west-1::document/*",
  ]);
});

test("STS lets service accounts, which are nobody's identity yet, assume our roles only", () => {
  expect(statement(policyOf("sts"), "ServiceAccounts")).toMatchObject({
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { "aws:ResourceOrgID": "o-a1b2c3d4e5" } },
  });
});

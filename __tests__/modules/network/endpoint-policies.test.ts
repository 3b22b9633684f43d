import { awsOwnedBuckets } from "../../../src/facts/aws-owned-buckets";
import type { EndpointPerimeter } from "../../../src/modules/network/endpoint-perimeter";
import { endpointPolicy } from "../../../src/modules/network/endpoint-policies";
import { ownerlessActions } from "../../../src/facts/ownerless-actions";
import { interfaceServices } from "../../../src/facts/endpoint-services";
import { type Block, type PolicyDocument, statement } from "../../support/synth";

const perimeter: EndpointPerimeter = {
  accountId: "111122223333",
  organizationId: "o-a1b2c3d4e5",
  partition: "aws",
  region: "eu-west-1",
  buckets: [],
  deployRoleArn: "arn:aws:iam::111122223333:role/octarine-deploy",
  elsewhere: { registryAccounts: [], layerBuckets: [], arns: [], meshAccounts: [] },
};

function policyOf(service: string, more: Partial<EndpointPerimeter> = {}): PolicyDocument {
  return JSON.parse(endpointPolicy(service, { ...perimeter, ...more })) as PolicyDocument;
}

const services = ["s3", ...interfaceServices("isolated", ["acm-pca"])];

// aws-samples/data-perimeter-policy-examples, vpc_endpoint_policies: only the account's and the organization's principals
// and resources.
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

test("IAM lets our identities read AWS's own policies", () => {
  expect(statement(policyOf("iam"), "AwsPolicies")).toMatchObject({
    Resource: "arn:aws:iam::aws:policy/*",
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
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

/** Whether a request of an identity of ours is let through; `owner`: what it carries of the resource's owner. */
function admits(
  policy: PolicyDocument,
  action: string,
  {
    owner,
    resource = "*",
    principalArn = "arn:aws:iam::111122223333:role/app",
  }: { owner?: string; resource?: string; principalArn?: string } = {},
): boolean {
  const context: Record<string, string | undefined> = {
    "aws:PrincipalAccount": "111122223333",
    "aws:PrincipalOrgID": "o-a1b2c3d4e5",
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalArn": principalArn,
    "aws:ResourceAccount": owner,
    "aws:ResourceOrgID": owner === "111122223333" ? "o-a1b2c3d4e5" : undefined,
  };
  return policy.Statement.some(({ Action, Resource, Condition }) => {
    const conditions = Object.values((Condition ?? {}) as Record<string, Block>);
    return (
      matches(Action, action) &&
      matches(Resource, resource) &&
      conditions.every((keys) =>
        Object.entries(keys).every(([key, wanted]) => [wanted].flat().includes(context[key])),
      )
    );
  });
}

function matches(patterns: unknown, value: string): boolean {
  return ([patterns].flat() as string[]).some((pattern) =>
    new RegExp(`^${pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\*", ".*")}$`).test(value),
  );
}

// IAM User Guide, "AWS global condition context keys", aws:ResourceAccount: calls that never carry it.
describe("calls that tell no owner of what they are about", () => {
  test.each(["ec2:CreateVolume", "ec2:CopySnapshot", "ec2:CopyImage"])(
    "%s is let through: no volume would be made otherwise",
    (action) => {
      expect(admits(policyOf("ec2"), action)).toBe(true);
      expect(admits(policyOf("ec2", { organizationId: undefined }), action)).toBe(true);
    },
  );

  test.each(["ec2:CreateVpcPeeringConnection", "ec2:AcceptVpcPeeringConnection", "ec2:CreateVpcEndpoint"])(
    "%s, which connects networks, is let through for Terraform's role alone",
    (action) => {
      expect(admits(policyOf("ec2"), action)).toBe(false);
      expect(admits(policyOf("ec2"), action, { principalArn: perimeter.deployRoleArn })).toBe(true);
    },
  );

  test("events go to buses of the account alone", () => {
    const bus = (account: string) => ({ resource: `arn:aws:events:eu-west-1:${account}:event-bus/default` });

    expect(admits(policyOf("events"), "events:PutEvents", bus("111122223333"))).toBe(true);
    expect(admits(policyOf("events"), "events:PutEvents", bus("999999999999"))).toBe(false);
    expect(admits(policyOf("events"), "events:ListRules")).toBe(true);
  });

  test.each(
    Object.entries(ownerlessActions).filter(([prefix]) =>
      ["ebs", "ec2", "events", "workspaces"].includes(prefix),
    ),
  )("those of %s all have a statement that asks for no owner", (prefix, actions) => {
    const resource = `arn:aws:${prefix}:eu-west-1:111122223333:thing/a`;
    const refused = actions
      .map((name) => `${prefix}:${name === "*" ? "AnyAction" : name}`)
      .filter(
        (action) => !admits(policyOf(prefix), action, { resource, principalArn: perimeter.deployRoleArn }),
      );

    expect(refused).toEqual([]);
  });

  test.each(["guardduty", "ds"])("invitations to others' %s stay closed", (prefix) => {
    const [name = ""] = ownerlessActions[prefix] ?? [];

    expect(admits(policyOf(prefix), `${prefix}:${name}`)).toBe(false);
  });
});

test("other calls need an owner of ours", () => {
  expect(admits(policyOf("ec2"), "ec2:DeleteVolume", { owner: "111122223333" })).toBe(true);
  expect(admits(policyOf("ec2"), "ec2:DeleteVolume", { owner: "999999999999" })).toBe(false);
  expect(admits(policyOf("sqs"), "sqs:SendMessage", { owner: "999999999999" })).toBe(false);
});

// bottlerocket-os/bottlerocket-core-kit v3.1.1, sources/api/schnauzer/src/helpers/mod.rs (ECR_MAP).
test.each([
  ["us-east-1", "328549459982"],
  ["eu-west-1", "328549459982"],
  ["eu-south-1", "586180183710"],
  ["us-gov-west-1", "347163068887"],
  ["ca-west-1", "253897149516"],
])("in %s ECR gives out Bottlerocket's host containers, of account %s", (region, owner) => {
  const pull = { owner };

  expect(admits(policyOf("ecr.dkr", { region }), "ecr:BatchGetImage", pull)).toBe(true);
  expect(admits(policyOf("ecr.api", { region }), "ecr:GetDownloadUrlForLayer", pull)).toBe(true);
  expect(admits(policyOf("ecr.dkr", { region }), "ecr:PutImage", pull)).toBe(false);
});

describe("what the configuration names of other accounts", () => {
  const elsewhere = {
    registryAccounts: ["999999999999"],
    layerBuckets: ["quayio-production-s3"],
    arns: ["arn:aws:iam::888888888888:role/dns", "arn:aws:sqs:eu-west-1:888888888888:orders"],
    meshAccounts: ["777777777777"],
  };

  test("registries give out images and take none", () => {
    const policy = policyOf("ecr.dkr", { elsewhere });

    expect(admits(policy, "ecr:BatchGetImage", { owner: "999999999999" })).toBe(true);
    expect(admits(policy, "ecr:PutImage", { owner: "999999999999" })).toBe(false);
    expect(admits(policyOf("ecr.dkr"), "ecr:BatchGetImage", { owner: "999999999999" })).toBe(false);
  });

  test("layers of public registries are read, anonymously too", () => {
    expect(statement(policyOf("s3", { elsewhere }), "LayersOfPublicRegistries")).toEqual({
      Sid: "LayersOfPublicRegistries",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: ["arn:aws:s3:::quayio-production-s3/*"],
    });
  });

  test("roles may be assumed and queues be used, each by its ARN and at its own endpoint", () => {
    const [role = "", queue = ""] = elsewhere.arns;
    const at = (resource: string) => ({ owner: "888888888888", resource });

    expect(admits(policyOf("sts", { elsewhere }), "sts:AssumeRole", at(role))).toBe(true);
    expect(admits(policyOf("sts", { elsewhere }), "sts:AssumeRole", at(`${role}-other`))).toBe(false);
    expect(admits(policyOf("sqs", { elsewhere }), "sqs:SendMessage", at(queue))).toBe(true);
    expect(admits(policyOf("kms", { elsewhere }), "sqs:SendMessage", at(queue))).toBe(false);
  });

  test("a peer's role reads the peer's secrets", () => {
    expect(statement(policyOf("secretsmanager", { elsewhere }), "MeshPeer777777777777")).toMatchObject({
      Condition: {
        StringEquals: { "aws:PrincipalAccount": "777777777777", "aws:ResourceAccount": "777777777777" },
      },
    });
  });
});

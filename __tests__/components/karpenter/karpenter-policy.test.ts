import fs from "node:fs";
import { karpenterIrsaTrust, karpenterPolicyGaps } from "../../../src/components/karpenter/karpenter-policy";
import { releases } from "../../../src/releases/releases";
import { literal } from "../../support/synth";

const account = { partition: "aws", region: "us-east-1", accountId: "111122223333" };

/** Actions of the controller policies in aws/karpenter-provider-aws v1.14.1, getting-started cloudformation.yaml. */
const NEEDED = {
  version: "1.14.1",
  actions: [
    "arc-zonal-shift:GetManagedResource",
    ...["CreateFleet", "CreateLaunchTemplate", "CreateTags", "DeleteLaunchTemplate", "RunInstances"].map(ec2),
    ...["DescribeCapacityReservations", "DescribeImages", "DescribeInstanceStatus"].map(ec2),
    ...["DescribeInstanceTypeOfferings", "DescribeInstanceTypes", "DescribeInstances"].map(ec2),
    ...["DescribeLaunchTemplates", "DescribePlacementGroups", "DescribeSecurityGroups"].map(ec2),
    ...["DescribeSpotPriceHistory", "DescribeSubnets", "TerminateInstances"].map(ec2),
    "eks:DescribeCluster",
    ...["AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "PassRole"].map(iam),
    ...["GetInstanceProfile", "ListInstanceProfiles", "RemoveRoleFromInstanceProfile"].map(iam),
    "iam:TagInstanceProfile",
    "pricing:GetProducts",
    ...["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
    "ssm:GetParameter",
  ],
};

/** Actions of terraform-aws-modules/eks/aws 21.11.0, modules/karpenter/policy.tf. */
const GIVEN = {
  version: "21.11.0",
  actions: [
    ...["CreateFleet", "CreateLaunchTemplate", "CreateTags", "DeleteLaunchTemplate", "RunInstances"].map(ec2),
    ...["DescribeAvailabilityZones", "DescribeCapacityReservations", "DescribeImages"].map(ec2),
    ...["DescribeInstanceTypeOfferings", "DescribeInstanceTypes", "DescribeInstances"].map(ec2),
    ...["DescribeLaunchTemplates", "DescribeSecurityGroups", "DescribeSpotPriceHistory"].map(ec2),
    ...["DescribeSubnets", "TerminateInstances"].map(ec2),
    "eks:DescribeCluster",
    ...["AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "PassRole"].map(iam),
    ...["GetInstanceProfile", "ListInstanceProfiles", "RemoveRoleFromInstanceProfile"].map(iam),
    "iam:TagInstanceProfile",
    "pricing:GetProducts",
    ...["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
    "ssm:GetParameter",
  ],
};

function ec2(action: string): string {
  return `ec2:${action}`;
}

function iam(action: string): string {
  return `iam:${action}`;
}

const added = karpenterPolicyGaps(account, "dev-us-east-1").flatMap(({ actions }) => literal(actions) ?? []);

test("what the module gives and what is added is what Karpenter needs", () => {
  expect([...GIVEN.actions, ...added]).toEqual(expect.arrayContaining(NEEDED.actions));
});

test("nothing is added that the module gives, or that Karpenter does not need", () => {
  expect(added.filter((action) => GIVEN.actions.includes(action))).toEqual([]);
  expect(added.filter((action) => !NEEDED.actions.includes(action))).toEqual([]);
});

test.each(Object.values(releases))("the lists are those of the chart in release $name", ({ charts }) => {
  expect(charts.karpenter.version).toBe(NEEDED.version);
  expect(charts["karpenter-crd"].version).toBe(NEEDED.version);
});

test("the lists are those of the module in use", () => {
  const { terraformModules } = JSON.parse(fs.readFileSync("cdktf.json", "utf8")) as {
    terraformModules: { name: string; version: string }[];
  };

  expect(terraformModules.find(({ name }) => name === "karpenter")?.version).toBe(GIVEN.version);
});

test("every added action on * is narrowed by a condition", () => {
  const statements = karpenterPolicyGaps(account, "dev-us-east-1");

  expect(statements.map(({ resources, condition }) => [resources, literal(condition)?.[0]?.values])).toEqual([
    [["*"], ["us-east-1"]],
    [["*"], ["arn:aws:eks:us-east-1:111122223333:cluster/dev-us-east-1"]],
  ]);
});

test("by IRSA only Karpenter's service account has the role, in place of the module's trust", () => {
  const trust = karpenterIrsaTrust({
    providerArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/AB",
    issuer: "oidc.eks.us-east-1.amazonaws.com/id/AB",
  });

  expect(JSON.parse(trust)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PodIdentity",
        Effect: "Allow",
        Principal: {
          Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/AB",
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "oidc.eks.us-east-1.amazonaws.com/id/AB:sub": "system:serviceaccount:kube-system:karpenter",
            "oidc.eks.us-east-1.amazonaws.com/id/AB:aud": "sts.amazonaws.com",
          },
        },
      },
    ],
  });
});

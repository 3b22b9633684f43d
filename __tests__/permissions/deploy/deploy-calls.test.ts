import path from "node:path";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { decide } from "../../../src/guardrails/iam/decide";
import { readable } from "../../../src/guardrails/iam/symbol";
import type { Resource } from "../../../src/guardrails/resource";
import { Unknown } from "../../../src/values/value";
import { deployCalls } from "../../../src/permissions/deploy/deploy-calls";
import { typesWithCalls } from "../../../src/permissions/deploy/provider-calls";
import { deployRoleOf } from "../../../src/synth/deploy-role-of";
import { targetInventory } from "../../../src/synth/guard-targets";

const root = path.join(__dirname, "../../..");
const { targets } = loadFleet(path.join(root, "envs"));
const place = { partition: "aws", account: "333333333333", region: "us-east-1", target: "prod/us-east-1" };

const calls = (resources: readonly Resource[]) =>
  deployCalls(resources, place).flatMap(({ action, resources: arns, context }) =>
    arns.map((arn) => ({ action, arn, context })),
  );

function resource(type: string, attributes: Resource["attributes"], address = `${type}.x`): Resource {
  return { type, address, stack: "prod-us-east-1-network", source: "input", attributes };
}

test.each(targets.map((target) => [target.name, target] as const))(
  "%s: nothing that its deploy calls is refused by the deploy role, and every type's calls are known",
  (_, target) => {
    const { resources, place: at } = targetInventory(target);
    const role = deployRoleOf(targets.filter(({ environment }) => environment === target.environment));
    const refused =
      at &&
      deployCalls(resources, at).flatMap(({ action, resources: arns, context = {} }) =>
        arns.filter((arn) => {
          const keys = { "aws:ResourceAccount": [at.account], ...context };
          const lower = Object.fromEntries(
            Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]),
          );
          const { kind } = decide(role?.statements ?? [], { action, resource: arn, context: lower });
          return kind === "denied" || kind === "not allowed";
        }),
      );

    expect(refused).toEqual([]);
    expect(
      [...new Set(resources.map(({ type }) => type))].filter(
        (type) => /^(data\.)?aws_/.test(type) && !typesWithCalls.includes(type),
      ),
    ).toEqual([]);
  },
);

test("a role is deleted only after its instance profiles were listed", () => {
  expect(calls([resource("aws_iam_role", { name: "prod-x" })])).toContainEqual({
    action: "iam:ListInstanceProfilesForRole",
    arn: "arn:aws:iam::333333333333:role/prod-x",
    context: { "aws:RequestedRegion": ["us-east-1"] },
  });
});

test("calls that an attribute brings are made only with it", () => {
  const actions = (attributes: Resource["attributes"]) =>
    calls([resource("aws_secretsmanager_secret", { name: "x", ...attributes })]).map(({ action }) => action);

  expect(actions({})).not.toContain("secretsmanager:ReplicateSecretToRegions");
  expect(actions({ replica: [{ region: "us-west-2" }] })).toContain(
    "secretsmanager:ReplicateSecretToRegions",
  );
});

test("an attachment names its policy, a flow log's role is passed to its service", () => {
  const role = resource("aws_iam_role", { name: "prod-logs" }, "aws_iam_role.logs");
  const found = calls([
    role,
    resource("aws_iam_role_policy_attachment", {
      role: "prod-logs",
      policy_arn: "arn:aws:iam::aws:policy/X",
    }),
    resource("aws_flow_log", { iam_role_arn: "arn:aws:iam::333333333333:role/prod-logs" }),
  ]);

  expect(found).toContainEqual(
    expect.objectContaining({
      action: "iam:AttachRolePolicy",
      context: expect.objectContaining({ "iam:PolicyARN": ["arn:aws:iam::aws:policy/X"] }) as unknown,
    }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({
      action: "iam:PassRole",
      arn: "arn:aws:iam::333333333333:role/prod-logs",
      context: expect.objectContaining({
        "iam:PassedToService": ["vpc-flow-logs.amazonaws.com"],
      }) as unknown,
    }),
  );
});

test("a stack's state is read, written and locked in all workspaces", () => {
  const terraform = resource(
    "terraform",
    { backend: { s3: { bucket: "states", key: "octarine/x/network.tfstate", region: "us-east-1" } } },
    "terraform",
  );

  expect(calls([terraform]).map(({ action, arn }) => `${action} ${arn}`)).toEqual([
    "s3:ListBucket arn:aws:s3:::states",
    "s3:GetObject arn:aws:s3:::states/env:/*/octarine/x/network.tfstate",
    "s3:PutObject arn:aws:s3:::states/env:/*/octarine/x/network.tfstate",
    "s3:GetObject arn:aws:s3:::states/env:/*/octarine/x/network.tfstate.tflock",
    "s3:PutObject arn:aws:s3:::states/env:/*/octarine/x/network.tfstate.tflock",
    "s3:DeleteObject arn:aws:s3:::states/env:/*/octarine/x/network.tfstate.tflock",
  ]);
});

test("a key is judged by an identifier of its own, and so are its replica and its alias", () => {
  const keyed = calls([
    resource("aws_kms_key", {}, "aws_kms_key.a"),
    resource("aws_kms_alias", {
      name: "alias/a",
      target_key_id: new Unknown(true, "${aws_kms_key.a.key_id}"),
    }),
    resource("aws_kms_replica_key", {
      primary_key_arn: new Unknown(true, "${aws_kms_key.a.arn}"),
      region: "us-west-2",
    }),
  ]);
  const on = (action: string) =>
    keyed.filter((each) => each.action === action).map(({ arn }) => readable(arn));
  const id = "${prod-us-east-1-network/aws_kms_key.a}";

  expect(on("kms:DescribeKey")).toEqual([
    `arn:aws:kms:us-east-1:333333333333:key/${id}`,
    `arn:aws:kms:us-west-2:333333333333:key/${id}`,
  ]);
  expect(on("kms:CreateAlias")).toEqual([
    "arn:aws:kms:us-east-1:333333333333:alias/a",
    `arn:aws:kms:us-east-1:333333333333:key/${id}`,
  ]);
  // It names no key: AWS makes one, in each of the two regions.
  expect(on("kms:CreateKey")).toEqual(["*", "*"]);
});

test("what several types call of the same resource is judged once", () => {
  const found = calls([resource("aws_security_group", {}), resource("aws_security_group_rule", {})]);
  const described = found.filter(({ action }) => action === "ec2:DescribeSecurityGroups");

  expect(described).toHaveLength(1);
});

// terraform-aws-modules/eks v21.11.0 main.tf and modules/eks-managed-node-group/main.tf: their `data` blocks.
test("what modules and stacks look up is called as well: versions of add-ons and nodes, images, the deploying role", () => {
  const source = (name: string) => ({ source: `terraform-aws-modules/eks/aws${name}` });
  const found = calls([
    resource("provider.aws", { assume_role: [{ role_arn: "arn:aws:iam::333333333333:role/deploys" }] }),
    resource("module", { ...source(""), addons: { coredns: {} } }, "module.eks"),
    resource("module", source("//modules/eks-managed-node-group"), "module.nodes"),
    resource("data.aws_eks_cluster", { name: "prod-a" }),
  ]).map(({ action, arn }) => `${action} ${arn}`);

  expect(found).toEqual(
    expect.arrayContaining([
      "eks:DescribeAddonVersions *",
      "eks:DescribeClusterVersions *",
      "eks:DescribeCluster arn:aws:eks:us-east-1:333333333333:cluster/prod-a",
      "iam:GetRole arn:aws:iam::333333333333:role/deploys",
      "ssm:GetParameter arn:aws:ssm:us-east-1::parameter/aws/service/*",
    ]),
  );
});

// AWS's own handlers (AWS::EKS::Nodegroup, AWS::EC2::VPCEndpoint, AWS::Route53Resolver::ResolverEndpoint), as cfn-lint 1.58.0
// has them.
test.each([
  ["aws_eks_node_group", {}, "ec2:RunInstances"],
  ["aws_vpc_endpoint", { service_region: "us-east-1" }, "vpce:AllowMultiRegion"],
  ["aws_route53_resolver_endpoint", {}, "ec2:CreateNetworkInterface"],
])("%s: what AWS does in the caller's name needs his permission", (type, attributes, action) => {
  expect(calls([resource(type, attributes)]).map((each) => each.action)).toContain(action);
});

test("where secrets are encrypted by a key, EKS is granted it in the caller's name", () => {
  const [target] = targets.filter(({ name }) => name === "prod/us-east-1");
  const { resources = [] } = target === undefined ? {} : targetInventory(target);

  expect(deployCalls(resources, place).map(({ action }) => action)).toContain("kms:CreateGrant");
});

test("of an instance profile the provider reads the role, by the role's own name", () => {
  const reads = calls([
    resource("aws_iam_role", { name: "prod-nodes" }),
    resource("aws_iam_instance_profile", {
      name: "prod-profile",
      role: new Unknown(true, "${aws_iam_role.x.name}"),
    }),
  ]).filter(({ action }) => action === "iam:GetRole");

  expect(reads.map(({ arn }) => arn)).toEqual(["arn:aws:iam::333333333333:role/prod-nodes"]);
});

import path from "node:path";
import { App } from "cdktf";
import { loadFleet } from "../../src/fleet/load-fleet";
import { readStack } from "../../src/guardrails/read/read-stack";
import { readable } from "../../src/guardrails/iam/symbol";
import { stoppedBy } from "../../src/permissions/words";
import { addTargetStacks } from "../../src/stacks/target-stacks";
import { deployRoles } from "../../src/synth/guard-targets";
import { withoutStackTraces } from "../../src/synth/output/write-output";
import { proveTarget } from "../../src/synth/prove-target";

const root = path.join(__dirname, "../..");
const targets = ["envs", "examples/envs"].flatMap((dir) => loadFleet(path.join(root, dir)).targets);

/** What is not allowed in a target whose synthesized JSON is changed: `<identity>: <action> on <resource>, <which policy>`. */
function stopped(name: string, from: string, to: string): string[] {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no sample ${name}`);
  const bootstrap = deployRoles([target]).get(target.environment);
  const stacks = withoutStackTraces(() => addTargetStacks(new App(), target));
  stacks.forEach((stack) => stack.prepareStack());
  const before = stacks.map((stack) => [stack.node.id, JSON.stringify(stack.toTerraform())] as const);
  const after = before.map(([id, json]) => [id, json.replaceAll(from, to)] as const);
  if (after.every(([, json], index) => json === before[index]?.[1])) throw new Error(`${from} is nowhere`);
  const resources = after.flatMap(([id, json]) => readStack(JSON.parse(json), id));
  const { region, config, production } = target;
  const place = { partition: "aws", account: config.account.id, region, target: name };
  const inventory = { resources, complete: true, production, place };
  const proof = proveTarget(target, inventory, bootstrap ? { bootstrap } : {});
  return (proof?.proofs ?? []).flatMap(({ identity, calls }) =>
    calls
      .filter(({ verdict }) => verdict.kind === "denied")
      .map(
        (each) => `${identity.name}: ${each.call.action} on ${readable(each.resource)}, ${stoppedBy(each)}`,
      ),
  );
}

const inText = (json: string) => JSON.stringify(json).slice(1, -1);

// Each ended an apply, or stood in a controller's log, and nobody had thought of the call.
test.each<readonly [string, string, string, string, RegExp]>([
  [
    "a module's policy under a name that the deploy role does not have",
    "prod/us-east-1",
    '"policy_name_prefix":"prod-us-east-1-ebs-csi-"',
    '"policy_name_prefix":"AmazonEKS-"',
    /^deploy: iam:CreatePolicy on arn:aws:iam::333333333333:policy\/AmazonEKS-\S+, its own policies \(prod-bootstrap\/aws_iam_role\.deploy_role\): no statement allows it$/,
  ],
  [
    "volumes through an endpoint that admits the account's own resources only",
    "prod/eu-west-1",
    inText(',"ec2:CreateVolume"'),
    "",
    /^aws-ebs-csi-driver: ec2:CreateVolume on arn:aws:ec2:eu-west-1:333333333333:volume\/\*, the VPC endpoint's policy \(prod-eu-west-1-network\/module\.\S+\["ec2"\]\): no statement allows it$/,
  ],
  [
    "subnets that the VPC CNI looks for where pods have IPv6",
    "ipv6/us-east-1",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
    /^vpc-cni: ec2:DescribeSubnets on \*, its own policies \(ipv6-us-east-1-cni\/module\.\S+\): no statement allows it$/,
  ],
  [
    "a push of External Secrets, which takes the secret's policy away first",
    "prod/us-east-1",
    inText('"secretsmanager:DeleteResourcePolicy",'),
    "",
    /^external-secrets store mesh-reader-token: secretsmanager:DeleteResourcePolicy on arn:aws:secretsmanager:us-east-1:333333333333:secret:\S+, its own policies \(prod-us-east-1-mesh\/aws_iam_role\.\S+\): no statement allows it$/,
  ],
  [
    "Bottlerocket's own containers through an endpoint that does not know their registry",
    "prod/eu-west-1",
    inText('"aws:ResourceAccount":"328549459982"'),
    inText('"aws:ResourceAccount":"602401143452"'),
    /^nodes of \S+: ecr:BatchGetImage on arn:aws:ecr:eu-west-1:328549459982:repository\/bottlerocket-\*, the VPC endpoint's policy \(prod-eu-west-1-network\/module\.\S+\["ecr_\w+"\]\): no statement allows it$/,
  ],
])("put back, it is found by name: %s", (_, target, from, to, expected) => {
  expect(stopped(target, from, to)).toContainEqual(expect.stringMatching(expected));
});

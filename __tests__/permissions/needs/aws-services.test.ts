import path from "node:path";
import { loadFleet } from "../../../src/fleet/load-fleet";
import type { AwsPlace, Resource } from "../../../src/guardrails/resource";
import { grantsOf } from "../../../src/permissions/grants/grants";
import { awsServices } from "../../../src/permissions/needs/aws-services";
import { platformRoles } from "../../../src/permissions/needs/platform-roles";
import { aTarget } from "../../support/fixtures";
import { prove } from "../../../src/permissions/prove";
import { proofOfBootstrap, proofOfTarget, targetInventory } from "../../../src/synth/guard-targets";

const root = path.join(__dirname, "../../..");
const targets = [
  ...loadFleet(path.join(root, "envs")).targets,
  ...loadFleet(path.join(root, "examples", "envs")).targets,
];
const read = new Map<string, { resources: readonly Resource[]; place: AwsPlace }>();

function sample(name: string) {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no sample ${name}`);
  return target;
}

function stacksOf(name: string) {
  const { resources, place } = read.get(name) ?? targetInventory(sample(name));
  if (place === undefined) throw new Error(`${name} is nowhere`);
  read.set(name, { resources, place });
  return { resources, place };
}

/** Calls that are denied once the statements with an id are taken out of the policies of some resources. */
function deniedWithout(name: string, sid: string, owner: RegExp): string[] {
  const { resources, place } = stacksOf(name);
  const left = resources.filter(
    ({ type, address, attributes }) =>
      type !== "policy-statement" || attributes.sid !== sid || !owner.test(address),
  );
  expect(left.length).toBeLessThan(resources.length);
  const identities = [...awsServices({ resources, place }), ...platformRoles({ resources, place })];
  return prove(identities, grantsOf(left, place)).flatMap(({ identity, calls }) =>
    calls
      .filter(({ verdict }) => verdict.kind === "denied")
      .map(({ call }) => `${identity.name}: ${call.action}`),
  );
}

// Each statement of a resource's policy that is there for a service of AWS, taken away.
test.each([
  [
    "prod/us-east-1",
    "CloudWatchLogs",
    /^aws_kms_key\.flow-logs/,
    "CloudWatch Logs of network: kms:GenerateDataKey",
  ],
  [
    "prod/us-east-1",
    "AutoScalingUse",
    /^aws_kms_key/,
    "EC2 Auto Scaling: kms:GenerateDataKeyWithoutPlaintext",
  ],
  ["prod/us-east-1", "AutoScalingGrant", /^aws_kms_key/, "EC2 Auto Scaling: kms:CreateGrant"],
  ["prod/us-east-1", "LogDelivery", /query-logs/, "log delivery of DNS queries: logs:PutLogEvents"],
  [
    "prod/us-east-1",
    "AccessLogs",
    /^aws_s3_bucket_policy/,
    "log delivery of load balancers of alb: s3:PutObject",
  ],
  [
    "network-operations/us-east-1",
    "LogDeliveryWrite",
    /^aws_s3_bucket_policy/,
    "log delivery of VPC flow logs: s3:PutObject",
  ],
  [
    "network-operations/us-east-1",
    "LogDelivery",
    /^aws_kms_key/,
    "log delivery of VPC flow logs: kms:GenerateDataKey",
  ],
])("%s without %s: names who needs it", (name, sid, owner, expected) => {
  expect(deniedWithout(name, sid, owner)).toContain(expected);
});

test.each([
  [
    "access logs",
    "ingress: { loadBalancers: { accessLogs: { bucket: acme-logs } } }",
    "log delivery of load balancers of alb",
  ],
  ["flow logs", "network: { flowLogs: { kind: s3, bucket: acme-logs } }", "log delivery of VPC flow logs"],
])(
  "%s into a bucket that is made elsewhere: its owner says who may write, so nobody here can",
  (_, yaml, name) => {
    const { resources, place } = targetInventory(aTarget(yaml));
    if (place === undefined) throw new Error("the target is nowhere");
    const [proof] = prove(
      awsServices({ resources, place }).filter((each) => each.name === name),
      grantsOf(resources, place),
    );

    expect(proof?.calls.map(({ verdict }) => verdict)).toEqual(
      proof?.calls.map(() => expect.objectContaining({ kind: "undecided" }) as unknown),
    );
    expect(proof?.calls.length).toBeGreaterThan(0);
  },
);

test("services of AWS may all that they need in the samples", () => {
  for (const name of ["prod/us-east-1", "network-operations/us-east-1"]) {
    const { resources, place } = stacksOf(name);
    const identities = [...awsServices({ resources, place }), ...platformRoles({ resources, place })];
    const open = prove(identities, grantsOf(resources, place)).flatMap(({ identity, calls }) =>
      calls
        .filter(({ verdict }) => verdict.kind !== "allowed")
        .map(({ call }) => `${identity.name}: ${call.action}`),
    );

    expect(open).toEqual([]);
  }
});

test("peers of a mesh read the token in each region in which it is", () => {
  const peers = platformRoles(stacksOf("prod/us-east-1")).find(({ name }) => name.startsWith("peers by"));
  const secrets = (peers?.calls ?? []).filter(({ action }) => action === "secretsmanager:GetSecretValue");

  expect(secrets.flatMap(({ resources }) => resources.map((arn) => arn.split(":")[3]))).toEqual([
    "us-east-1",
    "us-west-2",
  ]);
});

test("CI may become the deploy role, and needs nothing else", () => {
  const ci = proofOfTarget(sample("prod/us-east-1")).find(({ identity }) => identity.kind === "ci");

  expect(ci?.calls.map(({ call, verdict }) => `${call.action} ${verdict.kind}`)).toEqual([
    "sts:AssumeRole allowed",
    "sts:TagSession allowed",
  ]);
});

test("an administrator's needs are those of what bootstrap makes", () => {
  const actions = proofOfBootstrap(sample("prod/us-east-1")).flatMap(({ calls }) =>
    calls.map(({ call }) => call.action),
  );

  expect(actions).toEqual(
    expect.arrayContaining([
      "iam:CreateOpenIDConnectProvider",
      "iam:CreateServiceLinkedRole",
      "kms:CreateKey",
      "s3:CreateBucket",
    ]),
  );
  expect(actions).not.toContain("eks:CreateCluster");
});

import path from "node:path";
import { loadFleet } from "../../../src/fleet/load-fleet";
import type { Identity } from "../../../src/permissions/identity";
import { identitiesOf } from "../../../src/permissions/needs/identities";
import { targetInventory } from "../../../src/synth/guard-targets";

const root = path.join(__dirname, "../../..");
const targets = [
  ...loadFleet(path.join(root, "envs")).targets,
  ...loadFleet(path.join(root, "examples", "envs")).targets,
];

const read = new Map<string, Identity[]>();

function identities(name: string): Identity[] {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no sample ${name}`);
  const { resources, place } = targetInventory(target);
  if (place === undefined) throw new Error(`${name} is nowhere`);
  const found =
    read.get(name) ??
    identitiesOf({ resources, place }, { stack: "bootstrap", address: "aws_iam_role.deploy_role" });
  read.set(name, found);
  return found;
}

function callsOf(target: string, identity: string) {
  return identities(target).find(({ name }) => name === identity)?.calls ?? [];
}

test("everybody who has a role in prod's stacks is there once, by a name that people know", () => {
  expect(identities("prod/us-east-1").map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    "deploy deploy",
    "controller cilium-operator",
    "controller aws-ebs-csi-driver",
    "controller keda-operator",
    "controller external-secrets",
    "controller aws-load-balancer-controller",
    "controller external-dns",
    "controller cert-manager",
    "controller alertmanager",
    "controller amazon-cloudwatch-observability",
    "controller otlp-collector",
    "controller velero-server",
    "service receipts",
    "controller karpenter",
    "controller external-secrets store app",
    "controller external-secrets store mesh",
    "controller external-secrets store parameters",
    "controller external-secrets store platform",
    "controller external-secrets store mesh-reader-token",
    "node nodes of system",
    "node nodes of main",
    "node nodes of karpenter",
    "control-plane control plane",
    "aws VPC flow logs",
    "controller peers by prod-us-east-1-mesh-reader",
    "aws CloudWatch Logs of network",
    "aws CloudWatch Logs of cluster",
    "aws CloudWatch Logs of observability",
    "aws log delivery of DNS queries",
    "aws log delivery of load balancers of alb",
    "aws log delivery of load balancers of alb-public",
    "aws EC2 Auto Scaling",
  ]);
});

test.each(targets.map(({ name }) => name))(
  "%s: every pod with an AWS role is one whose calls are known",
  (name) => {
    const unknown = identities(name).filter(({ kind, calls }) => kind !== "service" && calls.length === 0);

    // A store that no object of the platform reads is for a team's own.
    expect(
      unknown.map((each) => each.name).filter((each) => !each.startsWith("external-secrets store")),
    ).toEqual([]);
  },
);

// Faults that were found by hand once: each is a call that nobody had thought of.
test.each([
  ["ipv6/us-east-1", "vpc-cni", "ec2:DescribeSubnets", "*"],
  [
    "prod/us-east-1",
    "external-secrets store mesh-reader-token",
    "secretsmanager:DeleteResourcePolicy",
    "arn:aws:secretsmanager:us-east-1:333333333333:secret:octarine/mesh/acme-prod/prod-us-east-1-??????",
  ],
  ["prod/us-east-1", "aws-ebs-csi-driver", "ec2:CreateVolume", "arn:aws:ec2:us-east-1:333333333333:volume/*"],
  [
    "prod/us-east-1",
    "nodes of main",
    "ecr:BatchGetImage",
    "arn:aws:ecr:us-east-1:328549459982:repository/bottlerocket-*",
  ],
  [
    "prod/us-east-1",
    "external-secrets",
    "sts:TagSession",
    "arn:aws:iam::333333333333:role/prod-us-east-1-secrets-app",
  ],
])("%s: %s calls %s on %s", (target, identity, action, resource) => {
  const on = callsOf(target, identity)
    .filter((call) => call.action === action)
    .flatMap(({ resources }) => resources);

  expect(on).toContain(resource);
});

test("a volume that the CSI driver makes carries the driver's tags in the request", () => {
  const [volume] = callsOf("prod/us-east-1", "aws-ebs-csi-driver").filter(
    ({ action }) => action === "ec2:CreateVolume",
  );

  expect(volume?.context).toMatchObject({
    "aws:RequestTag/ebs.csi.aws.com/cluster": ["true"],
    "aws:TagKeys": ["CSIVolumeName", "ebs.csi.aws.com/cluster"],
  });
});

test("External Secrets becomes the role of a store in whichever stack the store and its role are", () => {
  const assumed = callsOf("prod/us-east-1", "external-secrets").flatMap(({ resources }) => resources);

  expect(assumed).toContain("arn:aws:iam::333333333333:role/prod-us-east-1-mesh-writer");
  expect(assumed.filter((each) => each.includes("${"))).toEqual([]);
});

test("Karpenter makes instance profiles only where it reaches IAM", () => {
  const profiles = (target: string) =>
    callsOf(target, "karpenter").filter(({ action }) => action === "iam:CreateInstanceProfile").length;

  expect(profiles("prod/us-east-1")).toBe(1);
  expect(profiles("prod/eu-west-1")).toBe(0);
});

test("each call says why, and where that is from", () => {
  const bare = identities("prod/us-east-1").flatMap(({ name, calls }) =>
    calls
      .filter(({ why, source, resources }) => why === "" || source === "" || resources.length === 0)
      .map(() => name),
  );

  expect(bare).toEqual([]);
});

import { callsOf } from "../../components/calls-of";
import { secretCalls } from "../../components/external-secrets/calls";
import { assumeRoleCalls } from "../../components/external-dns/calls";
import type { Resource } from "../../guardrails/resource";
import { at, items, text } from "../../values/value";
import { deployArn } from "../deploy/arns";
import { deployCalls } from "../deploy/deploy-calls";
import type { Identity } from "../identity";
import { objects, ofType, type Stacks, written } from "./objects";
import { roleStores } from "./secret-stores";

/** Roles of the platform itself that no pod, node or deploy has. */
export function platformRoles(stacks: Stacks): Identity[] {
  return [...controlPlanes(stacks), ...flowLogs(stacks), ...meshReaders(stacks)];
}

/** The role by which EKS runs a cluster. What AWS's own policy is for, EKS itself calls; what is ours is the secrets' key. */
function controlPlanes(stacks: Stacks): Identity[] {
  const kms = callsOf("kms", "terraform-aws-modules/eks v21.11.0 main.tf, cluster_encryption");
  return ofType(stacks, "module")
    .filter(({ attributes }) => attributes.source === "terraform-aws-modules/eks/aws")
    .map((call): Identity => {
      const key = written(at(call.attributes.encryption_config, "provider_key_arn"));
      return {
        name: "control plane",
        kind: "control-plane",
        where: { stack: call.stack, address: `${call.address}.aws_iam_role.this[0]` },
        calls:
          key === ""
            ? []
            : kms("encrypt Kubernetes secrets", "Encrypt Decrypt DescribeKey ListGrants", [key]),
      };
    });
}

/** The role by which VPC writes flow logs to a log group that is there. */
function flowLogs(stacks: Stacks): Identity[] {
  const logs = callsOf("logs", "aws/aws-cdk 015ba88 packages/aws-cdk-lib/aws-ec2/lib/vpc-flow-logs.ts");
  return ofType(stacks, "aws_flow_log").flatMap((log): Identity[] => {
    const role = referred(stacks, log, written(log.attributes.iam_role_arn));
    const group = referred(stacks, log, written(log.attributes.log_destination));
    if (role === undefined || group === undefined) return [];
    const arn = deployArn(group, stacks.place);
    return [
      {
        name: "VPC flow logs",
        kind: "aws",
        where: { stack: role.stack, address: role.address },
        calls: [
          ...logs("find the streams", "DescribeLogStreams", [arn]),
          ...logs("write flow logs", "CreateLogStream PutLogEvents", [`${arn}:log-stream:*`]),
        ],
      },
    ];
  });
}

/** What a reference of the same stack names. */
function referred(stacks: Stacks, { stack }: Resource, reference: string): Resource | undefined {
  const [, address] = /^\$\{(\w+\.[\w-]+)\.\w+\}$/.exec(reference) ?? [];
  return stacks.resources.find((each) => each.stack === stack && each.address === address);
}

/** Roles by which peers of a mesh read what External Secrets pushes here: their own stores take them. */
function meshReaders(stacks: Stacks): Identity[] {
  const { account, partition, region } = stacks.place;
  const own = roleStores(stacks).map((store) => `${store.stack} ${store.role}`);
  const pushed = objects(stacks, "PushSecret").flatMap(({ stack, attributes }) =>
    items(at(attributes, "spec", "data")).map((each) => ({
      stack,
      name: text(at(each, "match", "remoteRef", "remoteKey")),
    })),
  );
  return ofType(stacks, "aws_iam_role")
    .filter(
      ({ stack, address }) =>
        !own.includes(`${stack} \${${address}.arn}`) && pushed.some((each) => each.stack === stack),
    )
    .map((role): Identity => {
      const secrets = pushed.filter(({ stack }) => stack === role.stack);
      return {
        name: `peers by ${text(role.attributes.name) || role.address}`,
        kind: "controller",
        where: { stack: role.stack, address: role.address },
        calls: secrets.flatMap(({ name }) => {
          const secret = ofType(stacks, "aws_secretsmanager_secret").find(
            (each) => each.attributes.name === name,
          );
          const replicas = items(secret?.attributes.replica);
          const places = [
            { region, key: written(secret?.attributes.kms_key_id) },
            ...replicas.map((each) => ({
              region: text(at(each, "region")),
              key: written(at(each, "kms_key_id")),
            })),
          ];
          return places.flatMap(({ region: at, key }) =>
            secretCalls({
              service: "secretsmanager",
              partition,
              region: at,
              accountId: account,
              name,
              operations: ["read a value"],
              ...(key !== "" && { keyArns: [key] }),
            }),
          );
        }),
      };
    });
}

/** CI's role, which may do nothing but become the deploy role. Made in the bootstrap of the environment. */
export function ciOf(bootstrap: readonly Resource[], deployRoleArn: string): Identity[] {
  return bootstrap
    .filter(
      ({ type, address }) =>
        type === "aws_iam_role" &&
        bootstrap.some(
          (each) =>
            each.type === "policy-statement" &&
            each.address.startsWith(`${address}#`) &&
            items(each.attributes.principals).some((who) => text(who).startsWith("Federated:")),
        ),
    )
    .map(({ stack, address }): Identity => ({
      name: "CI",
      kind: "ci",
      where: { stack, address },
      calls: assumeRoleCalls(deployRoleArn),
    }));
}

/** Who applies the bootstrap: an administrator by roles of his own, of which nobody here knows what they may. */
export function administratorOf(bootstrap: readonly Resource[], place: Stacks["place"]): Identity[] {
  const stack = bootstrap[0]?.stack;
  return stack === undefined
    ? []
    : [
        {
          name: "administrator",
          kind: "bootstrap",
          where: { stack, address: "who applies it" },
          calls: deployCalls(bootstrap, place),
        },
      ];
}

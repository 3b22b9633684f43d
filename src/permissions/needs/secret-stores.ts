import type { AwsCall } from "../../components/aws-call";
import { secretCalls } from "../../components/external-secrets/calls";
import type { SecretOperation } from "../../facts/external-secrets-calls";
import { deployArn } from "../deploy/arns";
import type { Resource } from "../../guardrails/resource";
import { at, items, text, type Value } from "../../values/value";
import { objects, ofType, type Stacks, written } from "./objects";

/** A store of External Secrets that takes a role of its own. */
export interface RoleStore {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly service: "secretsmanager" | "ssm";
  readonly region: string;
  readonly prefix: string;
  /** ARN, or the reference that stands for it in the store's stack. */
  readonly role: string;
  /** ARN, whichever stack asks. */
  readonly roleArn: string;
  readonly stack: string;
}

export function roleStores(stacks: Stacks): RoleStore[] {
  return objects(stacks, "ClusterSecretStore", "SecretStore").flatMap(({ type, stack, attributes }) => {
    const aws = at(attributes, "spec", "provider", "aws");
    const role = written(at(aws, "role"));
    return role === ""
      ? []
      : [
          {
            kind: type.slice("k8s:".length),
            name: text(at(attributes, "metadata", "name")),
            namespace: text(at(attributes, "metadata", "namespace")),
            service: text(at(aws, "service")) === "ParameterStore" ? "ssm" : "secretsmanager",
            region: text(at(aws, "region")),
            prefix: text(at(aws, "prefix")),
            role,
            roleArn: roleArnOf(stacks, stack, role),
            stack,
          } as const,
        ];
  });
}

/** A reference means something in its own stack only. */
export function roleArnOf(stacks: Stacks, stack: string, role: string): string {
  const [, address] = /^\$\{(aws_iam_role\.[\w-]+)\.arn\}$/.exec(role) ?? [];
  const made = ofType(stacks, "aws_iam_role").find(
    (each) => each.stack === stack && each.address === address,
  );
  return made === undefined ? role : deployArn(made, stacks.place);
}

/** What a store's role calls for all objects of the platform that name the store. */
export function storeCalls(stacks: Stacks, store: RoleStore): AwsCall[] {
  const uses = [...reads(stacks, store), ...pushes(stacks, store)];
  const { partition, account } = stacks.place;
  return uses.flatMap(({ name, operations }) => {
    const secret = ofType(stacks, "aws_secretsmanager_secret").find(
      ({ attributes }) => attributes.name === name,
    );
    const key = written(secret?.attributes.kms_key_id);
    return secretCalls({
      service: store.service,
      partition,
      region: store.region,
      accountId: account,
      name: `${store.prefix}${name}`,
      operations,
      ...(key !== "" && { keyArns: [key] }),
      replicated: items(secret?.attributes.replica).length > 0,
    });
  });
}

interface Use {
  readonly name: string;
  readonly operations: readonly SecretOperation[];
}

function reads(stacks: Stacks, store: RoleStore): Use[] {
  return objects(stacks, "ExternalSecret").flatMap(({ attributes }) => {
    const spec = at(attributes, "spec");
    const own = isOf(at(spec, "secretStoreRef"), attributes, store);
    const keys = [
      ...items(at(spec, "data")).filter((each) =>
        isNamed(at(each, "sourceRef", "storeRef"), own, attributes, store),
      ),
    ].map((each) => at(each, "remoteRef"));
    const whole = items(at(spec, "dataFrom")).filter((each) =>
      isNamed(at(each, "sourceRef", "storeRef"), own, attributes, store),
    );
    return [
      ...[...keys, ...whole.map((each) => at(each, "extract"))].flatMap((each): Use[] => {
        const name = written(at(each, "key"));
        const tags = text(at(each, "metadataPolicy")) === "Fetch";
        return name === ""
          ? []
          : [{ name, operations: ["read a value", ...(tags ? (["read tags"] as const) : [])] }];
      }),
      ...whole.flatMap((each): Use[] => {
        const path = text(at(each, "find", "path"));
        return path === "" ? [] : [{ name: path, operations: ["find by path"] }];
      }),
    ];
  });
}

function pushes(stacks: Stacks, store: RoleStore): Use[] {
  return objects(stacks, "PushSecret").flatMap(({ attributes }) => {
    const spec = at(attributes, "spec");
    if (!items(at(spec, "secretStoreRefs")).some((each) => isOf(each, attributes, store))) return [];
    const deletes = text(at(spec, "deletionPolicy")) === "Delete";
    return items(at(spec, "data")).flatMap((each): Use[] => {
      const name = written(at(each, "match", "remoteRef", "remoteKey"));
      const isMade = ofType(stacks, "aws_secretsmanager_secret").some(
        ({ attributes: made }) => made.name === name,
      );
      return [
        {
          name,
          operations: [
            ...(isMade ? [] : (["create by pushing"] as const)),
            "push to one that exists",
            ...(deletes ? (["delete what was pushed"] as const) : []),
          ],
        },
      ];
    });
  });
}

/** By the reference of its own, or else by that of the whole object. */
function isNamed(
  reference: Value,
  byDefault: boolean,
  from: Resource["attributes"],
  store: RoleStore,
): boolean {
  return reference === undefined ? byDefault : isOf(reference, from, store);
}

function isOf(reference: Value, from: Resource["attributes"], { kind, name, namespace }: RoleStore): boolean {
  const named = text(at(reference, "kind")) || "SecretStore";
  return (
    named === kind &&
    text(at(reference, "name")) === name &&
    (kind === "ClusterSecretStore" || text(at(from, "metadata", "namespace")) === namespace)
  );
}

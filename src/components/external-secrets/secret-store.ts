import { actionsOf, parameterStoreCalls, secretsManagerCalls } from "../../facts/external-secrets-calls";
import type { Manifest } from "../../modules/manifest";
import type { PolicyStatement } from "../../modules/policy-document";

export interface AwsPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

export interface StoreSpec {
  readonly kind: "secrets-manager" | "parameter-store";
  /** Prefixes of names, each with a slash at its end and none in front. */
  readonly paths: readonly string[];
  readonly namespaces: readonly string[];
  readonly keyArns: readonly string[];
}

/** What reading the names below `paths` takes, and nothing else: no other name, and in Secrets Manager no listing. */
export function storeStatements(
  { kind, paths, keyArns }: Omit<StoreSpec, "namespaces">,
  { partition, region, accountId }: AwsPlace,
): PolicyStatement[] {
  const [service, resource] =
    kind === "secrets-manager" ? ["secretsmanager", "secret:"] : ["ssm", "parameter/"];
  const arns = (each: readonly string[]) =>
    each.map((path) => `arn:${partition}:${service}:${region}:${accountId}:${resource}${path}`);
  const below = arns(paths.map((path) => `${path}*`));
  const read: PolicyStatement[] =
    kind === "secrets-manager"
      ? [
          {
            Sid: "ReadSecrets",
            Effect: "Allow",
            Action: actionsOf(secretsManagerCalls, ["read a value", "read tags"]),
            Resource: below,
          },
        ]
      : [
          {
            Sid: "ReadParameters",
            Effect: "Allow",
            Action: actionsOf(parameterStoreCalls, ["read a value", "read tags"]),
            Resource: below,
          },
          {
            Sid: "FindParameters",
            Effect: "Allow",
            Action: actionsOf(parameterStoreCalls, ["find by path"]),
            // What is asked for is the path itself, which has no slash at its end unless somebody writes one.
            Resource: [...arns(paths.map((path) => path.replace(/\/$/, ""))), ...below],
          },
        ];
  if (keyArns.length === 0) return read;
  return [
    ...read,
    {
      Sid: "DecryptThem",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArns,
      Condition: {
        StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` },
      },
    },
  ];
}

/** A store that only the namespaces named may use, by a role that may only read its paths. */
export function clusterSecretStore(
  name: string,
  { kind, namespaces }: StoreSpec,
  region: string,
  roleArn: string,
): Manifest {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: { name },
    spec: {
      provider: {
        aws: {
          service: kind === "secrets-manager" ? "SecretsManager" : "ParameterStore",
          region,
          role: roleArn,
          // Goes in front of each name: those of a hierarchy need a slash there, and `paths` make it one.
          ...(kind === "parameter-store" && { prefix: "/" }),
        },
      },
      conditions: [{ namespaces: [...namespaces].sort() }],
    },
  };
}

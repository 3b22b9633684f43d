import { at } from "../../values/value";
import {
  parameterStoreCalls,
  type SecretOperation,
  secretsManagerCalls,
} from "../../facts/external-secrets-calls";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { each, ofAccounts } from "../synthesized";

const SOURCE = "external-secrets/external-secrets v2.9.0 providers/v1/aws";

export interface SecretUse {
  readonly service: "secretsmanager" | "ssm";
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** Name in AWS, or a path where names below it are looked for. */
  readonly name: string;
  readonly operations: readonly SecretOperation[];
  /** Of the value's encryption, where it is not AWS's own key. */
  readonly keyArns?: readonly string[];
  /** In how many further regions the secret is: a write encrypts there, too. */
  readonly replicated?: boolean;
}

const folders = {
  secretsmanager: "secretsmanager/secretsmanager.go",
  ssm: "parameterstore/parameterstore.go",
};

/** What a store's role calls for one secret or parameter. */
export function secretCalls(use: SecretUse): AwsCall[] {
  const { service, region, operations, keyArns = [], replicated = false } = use;
  const calls = service === "secretsmanager" ? secretsManagerCalls : parameterStoreCalls;
  const kms = callsOf("kms", "AWS Secrets Manager User Guide, Secret encryption and decryption");
  const writes = operations.some((each) => each !== "read a value" && each !== "read tags");
  const through = { "kms:ViaService": [`${service}.${region}.amazonaws.com`] };
  return [
    ...operations.flatMap(
      (operation) =>
        (calls as Readonly<Partial<Record<SecretOperation, readonly string[]>>>)[operation]?.map(
          (action): AwsCall => ({
            action,
            resources: [arnOf(use)],
            why: operation,
            source: `${SOURCE}/${folders[service]}`,
            when: "run",
          }),
        ) ?? [],
    ),
    ...(keyArns.length === 0 ? [] : kms("read an encrypted value", "Decrypt", keyArns, through)),
    ...(keyArns.length > 0 && writes
      ? kms(
          "write an encrypted value",
          replicated ? "GenerateDataKey Encrypt" : "GenerateDataKey",
          keyArns,
          through,
        )
      : []),
  ];
}

/** What the operator's own role calls: it becomes the role of each store, with the session tags of Pod Identity. */
export function storeRoleCalls(roleArns: readonly string[]): AwsCall[] {
  if (roleArns.length === 0) return [];
  return callsOf("sts", `${SOURCE}/auth/auth.go`)("become a store's role", "AssumeRole TagSession", roleArns);
}

/** Secrets Manager adds a dash and six characters of its own to a name; a parameter's name is without its first slash. */
function arnOf({ service, partition, region, accountId, name }: SecretUse): string {
  const place = `arn:${partition}:${service}:${region}:${accountId}`;
  return service === "secretsmanager"
    ? `${place}:secret:${name}-??????`
    : `${place}:parameter/${name.replace(/^\//, "")}`;
}

export const externalSecretsAccounts = ofAccounts({
  "external-secrets": ({ objects, roleArn }) =>
    storeRoleCalls(
      each(
        objects("ClusterSecretStore", "SecretStore").map((store) =>
          roleArn(store, at(store, "spec", "provider", "aws", "role")),
        ),
      ),
    ),
});

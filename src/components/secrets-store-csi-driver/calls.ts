import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";

const SOURCE = "aws/secrets-store-csi-driver-provider-aws 3.1.1 provider";

export interface MountedObject {
  readonly type: "secretsmanager" | "ssmparameter";
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
  readonly keyArns?: readonly string[];
}

/** What AWS's provider calls for a mounted object, with the identity of the pod that mounts it. */
export function mountCalls({
  type,
  partition,
  region,
  accountId,
  name,
  keyArns = [],
}: MountedObject): AwsCall[] {
  const isSecret = type === "secretsmanager";
  const service = isSecret ? "secretsmanager" : "ssm";
  const place = `arn:${partition}:${service}:${region}:${accountId}`;
  const arn = isSecret ? `${place}:secret:${name}-??????` : `${place}:parameter/${name.replace(/^\//, "")}`;
  const decrypt = callsOf("kms", "AWS Secrets Manager User Guide, Secret encryption and decryption");
  return [
    ...(isSecret
      ? [
          ...callsOf(service, `${SOURCE}/secrets_manager_provider.go`)("mount a secret", "GetSecretValue", [
            arn,
          ]),
          // Only when it looks again: is what is mounted still the current version?
          ...callsOf(service, `${SOURCE}/secrets_manager_provider.go`)("see a rotation", "DescribeSecret", [
            arn,
          ]),
        ]
      : callsOf(service, `${SOURCE}/parameter_store_provider.go`)("mount a parameter", "GetParameters", [
          arn,
        ])),
    ...(keyArns.length === 0
      ? []
      : decrypt("read an encrypted value", "Decrypt", keyArns, {
          "kms:ViaService": [`${service}.${region}.amazonaws.com`],
        })),
  ];
}

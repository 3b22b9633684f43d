import type { AwsCall } from "../../components/aws-call";
import { callsOf } from "../../components/calls-of";
import type { AwsPlace, Resource } from "../../guardrails/resource";
import { at, isAbsent, text } from "../../values/value";

const SOURCE =
  "hashicorp/terraform internal/backend/remote-state/s3 (documentation, S3 Bucket Permissions, use_lockfile)";

/** What the S3 backend of a stack calls: for the state of a workspace, its lock beside it, and the list of workspaces. */
export function stateCalls({ attributes }: Resource, { partition }: AwsPlace): AwsCall[] {
  const backend = at(attributes, "backend", "s3");
  const [bucket, key, prefix, region, kmsKey] = [
    "bucket",
    "key",
    "workspace_key_prefix",
    "region",
    "kms_key_id",
  ].map((name) => text(at(backend, name))) as [string, string, string, string, string];
  if (isAbsent(backend) || bucket === "" || key === "") return [];
  const s3 = callsOf("s3", SOURCE);
  const kms = callsOf("kms", "Amazon S3 User Guide, Using server-side encryption with AWS KMS keys");
  const arn = `arn:${partition}:s3:::${bucket}`;
  const folder = `${arn}/${prefix === "" ? "env:" : prefix}/*/${key}`;
  const inRegion = { "aws:RequestedRegion": [region] };
  return [
    ...s3("list workspaces", "ListBucket", [arn], inRegion),
    ...s3("read and write states", "GetObject PutObject", [folder], inRegion),
    ...s3("lock states", "GetObject PutObject DeleteObject", [`${folder}.tflock`], inRegion),
    ...(kmsKey === ""
      ? []
      : kms("encrypt and decrypt states", "Decrypt GenerateDataKey", [keyArn(kmsKey)], {
          ...inRegion,
          "kms:ViaService": [`s3.${region}.amazonaws.com`],
        })),
  ];
}

/** A key is judged by its own ARN, of which an alias says nothing but account and region. */
function keyArn(keyOrAlias: string): string {
  return keyOrAlias.replace(/:alias\/.*$/, ":key/*");
}

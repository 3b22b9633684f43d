import { StateBucket } from "../../src/modules/bootstrap/state-bucket";
import { EncryptedBucket, type EncryptedBucketProps } from "../../src/modules/encrypted-bucket";
import { policyIn, resource, resourcesOf, statement, synthConstruct } from "../support/synth";

const keyArn = "arn:aws:kms:us-east-1:111122223333:key/a";

function synthBucket(props: Partial<EncryptedBucketProps> = {}): string {
  return synthConstruct((scope) => {
    new EncryptedBucket(scope, "logs", { name: "dev-logs", partition: "aws", keyArn, ...props });
  });
}

function stateBucket(): string {
  return synthConstruct((scope) => {
    new StateBucket(scope, "state", {
      name: "octarine-state-dev",
      accountId: "111122223333",
      partition: "aws",
      keyAlias: "octarine-state-dev",
      keyAdministratorArns: [],
    });
  });
}

const lifecycleRule = (json: string) =>
  (resource(json, "aws_s3_bucket_lifecycle_configuration").rule as Record<string, unknown>[])[0];

test.each([
  ["a bucket with a key given", synthBucket()],
  ["the bucket of states", stateBucket()],
])("%s is closed to the public and to requests without TLS", (_name, json) => {
  expect(resource(json, "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(statement(policyIn(resource(json, "aws_s3_bucket_policy")), "TlsOnly")).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
});

test("objects are encrypted with the key given", () => {
  expect(resource(synthBucket(), "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    {
      bucket_key_enabled: true,
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: keyArn },
    },
  ]);
});

test("without an age nothing expires, and no version is kept", () => {
  const json = synthBucket();

  expect(lifecycleRule(json)).toEqual({
    id: "abandoned-uploads",
    status: "Enabled",
    filter: [{ prefix: "" }],
    abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  });
  expect(resourcesOf(json, "aws_s3_bucket_versioning")).toEqual({});
});

test("objects expire at the age given", () => {
  expect(lifecycleRule(synthBucket({ expireAfterDays: 30 }))).toMatchObject({
    id: "expire",
    expiration: [{ days: 30 }],
  });
});

test("replaced versions stay for the days given", () => {
  const json = synthBucket({ keepVersionsDays: 30 });

  expect(resource(json, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
  expect(lifecycleRule(json)).toMatchObject({ noncurrent_version_expiration: [{ noncurrent_days: 30 }] });
});

describe("the bucket of states", () => {
  const json = stateBucket();

  test("can't be destroyed, nor can its key", () => {
    expect(resource(json, "aws_s3_bucket")).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(resource(json, "aws_kms_key")).toMatchObject({ lifecycle: { prevent_destroy: true } });
    // An alias may be renamed, which replaces it.
    expect(resource(json, "aws_kms_alias")).not.toHaveProperty("lifecycle");
  });

  test("keeps the 20 newest replaced states, and others for 90 days", () => {
    expect(lifecycleRule(json)).toMatchObject({
      noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 20 }],
    });
  });

  test("is closed to other accounts, whatever their IAM policies say", () => {
    expect(statement(policyIn(resource(json, "aws_s3_bucket_policy")), "ThisAccountOnly")).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Resource: ["arn:aws:s3:::octarine-state-dev", "arn:aws:s3:::octarine-state-dev/*"],
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": "111122223333" },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    });
  });

  // An address that changes destroys what it named.
  test("has addresses that never change", () => {
    const addresses = ["aws_s3_bucket", "aws_s3_bucket_policy", "aws_s3_bucket_versioning", "aws_kms_key"];
    expect(addresses.flatMap((type) => Object.keys(resourcesOf(json, type)))).toEqual([
      "state_bucket",
      "state_policy",
      "state_versioning",
      "state_key_key",
    ]);
  });
});

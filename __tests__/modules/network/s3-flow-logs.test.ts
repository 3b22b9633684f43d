import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import "cdktf/lib/testing/adapters/jest";
import { flowLogColumns, flowLogFields, flowLogFormat } from "../../../src/modules/network/flow-log-fields";
import { S3FlowLogs, type S3FlowLogsProps } from "../../../src/modules/network/s3-flow-logs";
import { policyIn, resource, resourcesOf, statement, synthConstruct } from "../../support/synth";

const BUCKET = "dev-us-east-1-flow-logs-111122223333";
const ON_BEHALF_OF = {
  StringEquals: { "aws:SourceAccount": "111122223333" },
  ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:111122223333:*" },
};

function synthFlowLogs(
  destination: S3FlowLogsProps["destination"] = { kind: "made", retentionDays: 400 },
): string {
  return synthConstruct((scope) => {
    new S3FlowLogs(scope, "flow-logs", {
      name: "dev-us-east-1",
      region: "us-east-1",
      vpcId: "vpc-1",
      owner: {
        accountId: "111122223333",
        partition: "aws",
        keyAdministratorArns: ["arn:aws:iam::111122223333:role/x"],
      },
      destination,
    });
  });
}

// VPC User Guide, "Publish flow logs to Amazon S3": Parquet and hourly partitions let Athena read less.
test("all traffic goes to the bucket as Parquet, in a folder for each hour, once the bucket lets it in", () => {
  expect(synthFlowLogs()).toHaveResourceWithProperties(FlowLog, {
    vpc_id: "vpc-1",
    traffic_type: "ALL",
    log_destination_type: "s3",
    log_destination: `arn:aws:s3:::${BUCKET}`,
    destination_options: {
      file_format: "parquet",
      hive_compatible_partitions: true,
      per_hour_partition: true,
    },
    depends_on: ["aws_s3_bucket_policy.flow-logs_logs_policy"],
  });
});

describe("a record", () => {
  // VPC User Guide, "Flow log records", version 2, with the VPC's and the subnet's id after the account.
  test("begins with the fields of the default format, and says VPC and subnet", () => {
    const first =
      "version account-id vpc-id subnet-id srcaddr dstaddr srcport dstport protocol packets bytes action log-status";

    expect(flowLogFields.map(({ name }) => name).slice(0, 13)).toEqual(first.split(" "));
  });

  test("says what is behind a translated address, which way a packet went, and in which zone", () => {
    expect(flowLogFields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["pkt-srcaddr", "pkt-dstaddr", "flow-direction", "traffic-path", "az-id"]),
    );
  });

  test("is written so that Terraform leaves it alone", () => {
    expect(flowLogFormat()).toMatch(/^(\$\$\{[a-z-]+\} ?)+$/);
    expect(flowLogFormat().startsWith("$${version} $${account-id}")).toBe(true);
  });

  test("has a column for each field, and none twice", () => {
    const names = flowLogColumns().map(({ name }) => name);

    expect(new Set(names).size).toBe(flowLogFields.length);
    expect(names).toContain("pkt_src_aws_service");
    expect(flowLogColumns()).toContainEqual({ name: "bytes", type: "bigint" });
  });
});

describe("the bucket", () => {
  const json = synthFlowLogs();

  test("is private, encrypted by a key of its own, and forgets after the days given", () => {
    expect(json).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resource(json, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
      {
        apply_server_side_encryption_by_default: {
          kms_master_key_id: "${aws_kms_key.flow-logs_key_key.arn}",
          sse_algorithm: "aws:kms",
        },
        bucket_key_enabled: true,
      },
    ]);
    expect(json).toHaveResourceWithProperties(S3BucketLifecycleConfiguration, {
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: 400 }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    });
  });

  test("is written by log delivery for this account and region only, and over TLS only", () => {
    const policy = policyIn(resource(json, "aws_s3_bucket_policy"));

    expect(statement(policy, "TlsOnly")).toMatchObject({ Effect: "Deny", Principal: "*" });
    expect(statement(policy, "LogDeliveryWrite")).toMatchObject({
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: "s3:PutObject",
      // The folder of Hive-compatible logs.
      Resource: `arn:aws:s3:::${BUCKET}/AWSLogs/aws-account-id=111122223333/*`,
      Condition: {
        ...ON_BEHALF_OF,
        StringEquals: { ...ON_BEHALF_OF.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    });
    expect(statement(policy, "LogDeliveryCheck").Condition).toEqual(ON_BEHALF_OF);
  });

  test("has a key that log delivery may use for this account and region only", () => {
    const delivery = statement(policyIn(resource(json, "aws_kms_key")), "LogDelivery");

    expect(delivery.Principal).toEqual({ Service: "delivery.logs.amazonaws.com" });
    expect(delivery.Action).toContain("kms:GenerateDataKey*");
    expect(delivery.Condition).toEqual(ON_BEHALF_OF);
  });
});

test("somebody else's bucket is only written to", () => {
  const json = synthFlowLogs({ kind: "given", name: "acme-log-archive" });

  expect(json).toHaveResourceWithProperties(FlowLog, { log_destination: "arn:aws:s3:::acme-log-archive" });
  expect(resourcesOf(json, "aws_s3_bucket")).toEqual({});
  expect(resourcesOf(json, "aws_kms_key")).toEqual({});
});

import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import "cdktf/lib/testing/adapters/jest";
import { FlowLogAnalysis } from "../../../src/modules/network/flow-log-analysis";
import { flowLogColumns } from "../../../src/modules/network/flow-log-fields";
import { type Block, resource, resourcesOf, synthConstruct } from "../../support/synth";

const json = synthConstruct((scope) => {
  new FlowLogAnalysis(scope, "analysis", {
    name: "dev-us-east-1",
    region: "us-east-1",
    owner: {
      accountId: "111122223333",
      partition: "aws",
      keyAdministratorArns: ["arn:aws:iam::111122223333:role/x"],
    },
    bucketName: "logs",
    subnets: [{ zone: "us-east-1a", tier: "nodes", first: 1, last: 2 }],
    natInterfaceIds: [],
  });
});
const table = resource(json, "aws_glue_catalog_table");
const parameters = table.parameters as Record<string, string>;

test("results are encrypted and end some day, whatever a client asks for", () => {
  expect(json).toHaveResourceWithProperties(AthenaWorkgroup, {
    name: "dev-us-east-1-flow-logs",
    force_destroy: true,
    configuration: {
      enforce_workgroup_configuration: true,
      publish_cloudwatch_metrics_enabled: true,
      result_configuration: {
        output_location: "s3://dev-us-east-1-athena-111122223333/",
        expected_bucket_owner: "111122223333",
        encryption_configuration: {
          encryption_option: "SSE_KMS",
          kms_key_arn: "${aws_kms_key.analysis_key_key.arn}",
        },
      },
    },
  });
  const [rule] = resource(json, "aws_s3_bucket_lifecycle_configuration").rule as Block[];
  expect(rule?.expiration).toEqual([{ days: 30 }]);
});

describe("the table", () => {
  test("has every field of the logs, read as Parquet", () => {
    expect(table.storage_descriptor).toMatchObject({
      columns: flowLogColumns(),
      location: "s3://logs/AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1",
      ser_de_info: {
        serialization_library: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
      },
    });
  });

  // VPC User Guide, "Flow log records", Parquet data type: INT_32 and INT_64 are int and bigint in Athena.
  test("has numbers of the width that the files have, and texts otherwise", () => {
    const { columns } = table.storage_descriptor as { columns: { name: string; type: string }[] };
    const of = (type: string) => columns.filter((each) => each.type === type).map(({ name }) => name);

    expect(of("int")).toEqual(["version", "srcport", "dstport", "protocol", "tcp_flags", "traffic_path"]);
    expect(of("bigint")).toEqual(["packets", "bytes", "start", "end"]);
    expect(of("string")).toHaveLength(columns.length - 10);
  });

  // VPC User Guide, "Flow log files": year=2026/month=01/day=09/hour=07.
  test("knows its hourly folders by projection, with the zeros that AWS writes", () => {
    expect(parameters["projection.enabled"]).toBe("true");
    expect(parameters["storage.location.template"]).toBe(
      "s3://logs/AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=$${year}/month=$${month}/day=$${day}/hour=$${hour}",
    );
    for (const column of ["month", "day", "hour"])
      expect(parameters[`projection.${column}.digits`]).toBe("2");
  });

  test("projects every partition, each over its whole range", () => {
    const keys = (table.partition_keys as { name: string }[]).map(({ name }) => name);

    expect(keys).toEqual(["year", "month", "day", "hour"]);
    expect(keys.map((key) => parameters[`projection.${key}.type`])).toEqual(keys.map(() => "integer"));
    expect(keys.map((key) => parameters[`projection.${key}.range`])).toEqual([
      "2021,2099",
      "1,12",
      "1,31",
      "0,23",
    ]);
  });

  test("has a name that needs no quotes in SQL", () => {
    expect(resource(json, "aws_glue_catalog_database").name).toBe("dev_us_east_1_flow_logs");
    expect(json).toHaveResourceWithProperties(GlueCatalogTable, { name: "flow_logs" });
  });
});

test("its queries are saved in the workgroup", () => {
  const queries = Object.values(resourcesOf(json, "aws_athena_named_query"));

  expect(queries.map(({ name }) => name)).toEqual([
    "flows-of-a-pod",
    "rejected-flows",
    "top-talkers-across-zones",
  ]);
  for (const { workgroup } of queries)
    expect(workgroup).toBe("${aws_athena_workgroup.analysis_workgroup.name}");
});

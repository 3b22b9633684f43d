import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";
import { flowLogColumns } from "./flow-log-fields";

export interface FlowLogTableProps {
  /** Name of the network; dashes become underscores, which Athena takes without quotes. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly bucketName: string;
}

/** Hourly partitions, as flow logs name their folders. `digits`: how AWS pads the number in the folder's name. */
const PARTITIONS = [
  // Hive-compatible folders are there since October 2021.
  { name: "year", range: "2021,2099", digits: 4 },
  { name: "month", range: "1,12", digits: 2 },
  { name: "day", range: "1,31", digits: 2 },
  { name: "hour", range: "0,23", digits: 2 },
] as const;

/**
 * Flow logs in S3 as a table. Its partitions are computed and not looked up (partition projection): no crawler runs,
 * and the hour that just began is already there.
 */
export class FlowLogTable extends Construct {
  readonly databaseName: string;
  readonly tableName: string;

  constructor(scope: Construct, id: string, { name, accountId, region, bucketName }: FlowLogTableProps) {
    super(scope, id);
    const database = new GlueCatalogDatabase(this, "database", {
      name: `${name.replaceAll("-", "_")}_flow_logs`,
      description: `VPC flow logs of ${name}`,
    });
    const location = `s3://${bucketName}/AWSLogs/aws-account-id=${accountId}/aws-service=vpcflowlogs/aws-region=${region}`;
    const folders = PARTITIONS.map(({ name: column }) => `${column}=$\${${column}}`).join("/");
    const table = new GlueCatalogTable(this, "table", {
      databaseName: database.name,
      name: "flow_logs",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        classification: "parquet",
        "projection.enabled": "true",
        ...Object.fromEntries(PARTITIONS.flatMap(projection)),
        "storage.location.template": `${location}/${folders}`,
      },
      partitionKeys: PARTITIONS.map(({ name: column }) => ({ name: column, type: "int" })),
      storageDescriptor: {
        location,
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        serDeInfo: {
          serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
          parameters: { "serialization.format": "1" },
        },
        columns: flowLogColumns(),
      },
    });
    this.databaseName = database.name;
    this.tableName = table.name;
  }
}

function projection({ name, range, digits }: (typeof PARTITIONS)[number]): [string, string][] {
  return [
    [`projection.${name}.type`, "integer"],
    [`projection.${name}.range`, range],
    [`projection.${name}.digits`, String(digits)],
  ];
}

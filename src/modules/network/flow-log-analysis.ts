import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { Construct } from "constructs";
import { EncryptedBucket } from "../encrypted-bucket";
import { EncryptionKey, type KeyOwner } from "../encryption-key";
import { flowLogQueries, type SubnetRange } from "./flow-log-queries";
import { FlowLogTable } from "./flow-log-table";

/** Results are written again by asking again. */
const RESULT_DAYS = 30;

export interface FlowLogAnalysisProps {
  readonly name: string;
  readonly region: string;
  readonly owner: KeyOwner;
  /** Bucket of the flow logs. */
  readonly bucketName: string;
  readonly subnets: readonly SubnetRange[];
  readonly natInterfaceIds: readonly string[];
}

/** Athena over flow logs in S3: a workgroup whose results are encrypted, a table, and queries to begin with. */
export class FlowLogAnalysis extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogAnalysisProps) {
    super(scope, id);
    const { name, region, owner, bucketName, subnets, natInterfaceIds } = props;
    const { accountId, partition } = owner;
    const key = new EncryptionKey(this, "key", {
      owner,
      description: `Results of Athena queries over flow logs of ${name}`,
      alias: `${name}-flow-log-results`,
    });
    const results = new EncryptedBucket(this, "results", {
      name: `${name}-athena-${accountId}`,
      partition,
      keyArn: key.arn,
      expireAfterDays: RESULT_DAYS,
    });
    const workgroup = new AthenaWorkgroup(this, "workgroup", {
      name: `${name}-flow-logs`,
      description: `Questions about the traffic of ${name}`,
      configuration: {
        // Whatever a client asks for: results are only written here, and encrypted.
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        resultConfiguration: {
          outputLocation: `s3://${results.name}/`,
          expectedBucketOwner: accountId,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: key.arn },
        },
      },
      // AWS keeps a history of queries, which would keep the workgroup from being deleted.
      forceDestroy: true,
    });
    const table = new FlowLogTable(this, "catalog", { name, accountId, region, bucketName });
    const queries = flowLogQueries({
      table: `"${table.databaseName}"."${table.tableName}"`,
      subnets,
      natInterfaceIds,
    });
    for (const [query, { description, sql }] of Object.entries(queries)) {
      new AthenaNamedQuery(this, query, {
        name: query,
        description,
        database: table.databaseName,
        workgroup: workgroup.name,
        query: sql,
      });
    }
  }
}

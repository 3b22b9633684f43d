import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { EncryptionKey, type KeyOwner, logGroupStatement } from "../../modules/encryption-key";

export interface ContainerLogsProps {
  readonly clusterName: string;
  readonly region: string;
  readonly owner: KeyOwner;
  readonly retentionDays: number;
  /** Who writes them: each writer has a key of its own, named after it. */
  readonly writer: "container-insights" | "fluent-bit";
  /** Last parts of the groups' names. */
  readonly groups: readonly string[];
}

/** Names that Container Insights gives its log groups (CloudWatch User Guide, "Container Insights"). */
export function containerLogGroup(clusterName: string, group: string): string {
  return `/aws/containerinsights/${clusterName}/${group}`;
}

/**
 * Encrypted log groups that end some day, made before the agents start: those they make themselves keep everything for
 * ever and have no key.
 */
export class ContainerLogs extends Construct {
  readonly groups: CloudwatchLogGroup[];

  constructor(scope: Construct, id: string, props: ContainerLogsProps) {
    super(scope, id);
    const { clusterName, region, owner, retentionDays, writer, groups } = props;
    const pattern = `arn:${owner.partition}:logs:${region}:${owner.accountId}:log-group:${containerLogGroup(clusterName, "*")}`;
    const key = new EncryptionKey(this, "key", {
      owner,
      description: `Logs of containers of ${clusterName}`,
      alias: `${clusterName}-${writer}-logs`,
      statements: [logGroupStatement(region, pattern)],
    });
    this.groups = groups.map(
      (group) =>
        new CloudwatchLogGroup(this, group, {
          name: containerLogGroup(clusterName, group),
          kmsKeyId: key.arn,
          retentionInDays: retentionDays,
        }),
    );
  }
}

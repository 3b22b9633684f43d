import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { NetworkfirewallLoggingConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-logging-configuration";
import { Construct } from "constructs";
import { EncryptionKey, type KeyOwner, logGroupStatement } from "../encryption-key";

export interface FirewallLogsProps {
  readonly name: string;
  readonly region: string;
  readonly owner: KeyOwner;
  readonly firewallArn: string;
  readonly retentionDays: number;
}

/** Alert logs (what was stopped, and by which rule) and flow logs of a firewall, in encrypted log groups. */
export class FirewallLogs extends Construct {
  constructor(scope: Construct, id: string, props: FirewallLogsProps) {
    super(scope, id);
    const { name, region, owner, firewallArn, retentionDays } = props;
    // Below /aws/vendedlogs/ the account's resource policy needs no entry for each group, and has no room for many
    // (CloudWatch Logs User Guide, "Enable logging from AWS services").
    const prefix = `/aws/vendedlogs/network-firewall/${name}`;
    const groupArns = `arn:${owner.partition}:logs:${region}:${owner.accountId}:log-group:${prefix}/*`;
    const key = new EncryptionKey(this, "key", {
      owner,
      description: `Network firewall logs of ${name}`,
      alias: `${name}-firewall-logs`,
      statements: [logGroupStatement(region, groupArns)],
    });
    const logDestinationConfig = ["ALERT", "FLOW"].map((logType) => {
      const kind = logType.toLowerCase();
      const group = new CloudwatchLogGroup(this, kind, {
        name: `${prefix}/${kind}`,
        kmsKeyId: key.arn,
        retentionInDays: retentionDays,
      });
      return {
        logType,
        logDestinationType: "CloudWatchLogs",
        logDestination: { logGroup: group.name },
      };
    });
    new NetworkfirewallLoggingConfiguration(this, "logging", {
      firewallArn,
      loggingConfiguration: { logDestinationConfig },
    });
  }
}

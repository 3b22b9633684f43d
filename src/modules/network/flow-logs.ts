import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { EncryptionKey, type KeyOwner, logGroupStatement } from "../encryption-key";
import { physicalName } from "../physical-names";
import { policyJson, serviceTrust } from "../policy-document";

export interface CloudWatchFlowLogsProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly owner: KeyOwner;
  readonly retentionDays: number;
}

/** VPC flow logs of accepted and rejected traffic in an encrypted log group. */
export class CloudWatchFlowLogs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { name, region, vpcId, owner, retentionDays }: CloudWatchFlowLogsProps,
  ) {
    super(scope, id);
    const groupName = `/aws/vpc/${name}/flow-logs`;
    const groupArn = `arn:${owner.partition}:logs:${region}:${owner.accountId}:log-group:${groupName}`;
    const key = new EncryptionKey(this, "key", {
      owner,
      description: `VPC flow logs of ${name}`,
      alias: `${name}-flow-logs`,
      statements: [logGroupStatement(region, groupArn)],
    });
    const group = new CloudwatchLogGroup(this, "group", {
      name: groupName,
      kmsKeyId: key.arn,
      retentionInDays: retentionDays,
    });
    const role = new IamRole(this, "role", {
      name: physicalName("iamRole", name, "flow-logs"),
      assumeRolePolicy: serviceTrust("vpc-flow-logs.amazonaws.com", owner.accountId),
    });
    new IamRolePolicy(this, "write", {
      role: role.id,
      name: "write-flow-logs",
      policy: policyJson([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: [groupArn, `${groupArn}:*`],
        },
      ]),
    });
    new FlowLog(this, "flow-log", {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: { Name: `${name}-flow-logs` },
    });
  }
}

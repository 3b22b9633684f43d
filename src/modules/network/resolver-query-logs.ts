import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { Route53ResolverQueryLogConfig } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config";
import { Route53ResolverQueryLogConfigAssociation } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config-association";
import { Construct } from "constructs";
import { EncryptionKey, type KeyOwner, logGroupStatement } from "../encryption-key";
import { policyJson } from "../policy-document";

export interface ResolverQueryLogsProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly owner: KeyOwner;
  readonly retentionDays: number;
}

/** Names that the VPC asks for, in an encrypted log group. */
export class ResolverQueryLogs extends Construct {
  constructor(scope: Construct, id: string, props: ResolverQueryLogsProps) {
    super(scope, id);
    const { name, region, vpcId, owner, retentionDays } = props;
    const { accountId, partition } = owner;
    const groupName = `/aws/vpc/${name}/dns-queries`;
    const groupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${groupName}`;
    const key = new EncryptionKey(this, "key", {
      owner,
      description: `DNS queries of ${name}`,
      alias: `${name}-dns-queries`,
      statements: [logGroupStatement(region, groupArn)],
    });
    const group = new CloudwatchLogGroup(this, "group", {
      name: groupName,
      kmsKeyId: key.arn,
      retentionInDays: retentionDays,
    });
    // AWS would write one itself, which Terraform would then not take away again.
    const policy = new CloudwatchLogResourcePolicy(this, "policy", {
      policyName: `${name}-dns-queries`,
      policyDocument: policyJson([
        {
          Sid: "LogDelivery",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${groupArn}:log-stream:*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${accountId}:*` },
          },
        },
      ]),
    });
    const config = new Route53ResolverQueryLogConfig(this, "config", {
      name: `${name}-dns-queries`,
      destinationArn: group.arn,
      dependsOn: [policy],
    });
    new Route53ResolverQueryLogConfigAssociation(this, "association", {
      resolverQueryLogConfigId: config.id,
      resourceId: vpcId,
    });
  }
}

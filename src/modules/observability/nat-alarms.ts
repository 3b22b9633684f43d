import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { runbookOfAlert } from "../../facts/runbooks";

export interface NatAlarmsProps {
  readonly name: string;
  /** NAT gateways by zone. */
  readonly gatewayIds: Readonly<Record<string, string>>;
  readonly topicArn: string;
}

/** Metrics that should be zero (Amazon VPC User Guide, "NAT gateway metrics and dimensions"), and what they mean. */
export const SHOULD_BE_ZERO = {
  ErrorPortAllocation: "NAT gateway out of ports: more than 55 000 connections to one destination",
  PacketsDropCount: "NAT gateway drops packets",
} as const;

/** What only CloudWatch sees of the way out: a NAT gateway has no metric in the cluster. */
export class NatAlarms extends Construct {
  constructor(scope: Construct, id: string, { name, gatewayIds, topicArn }: NatAlarmsProps) {
    super(scope, id);
    for (const [zone, gatewayId] of Object.entries(gatewayIds)) {
      for (const [metricName, alarmDescription] of Object.entries(SHOULD_BE_ZERO)) {
        new CloudwatchMetricAlarm(this, `${metricName}-${zone}`, {
          alarmName: `${name}-nat-${zone}-${metricName}`,
          alarmDescription: [alarmDescription, runbookOfAlert(metricName)].filter(Boolean).join("; "),
          namespace: "AWS/NATGateway",
          metricName,
          dimensions: { NatGatewayId: gatewayId },
          statistic: "Sum",
          period: 60,
          // In three of five minutes: a single burst is over before anybody looks.
          evaluationPeriods: 5,
          datapointsToAlarm: 3,
          threshold: 0,
          comparisonOperator: "GreaterThanThreshold",
          treatMissingData: "notBreaching",
          alarmActions: [topicArn],
          okActions: [topicArn],
        });
      }
    }
  }
}

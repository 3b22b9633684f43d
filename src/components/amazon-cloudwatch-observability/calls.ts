import { text } from "../../values/value";
import { logShipperCalls } from "../aws-for-fluent-bit/calls";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { logGroupPrefix, ofAccounts } from "../synthesized";

/** What the CloudWatch agent and its Fluent Bit call for Container Insights, whose log groups are there already. */
export function containerInsightsCalls(groupArns: readonly string[]): AwsCall[] {
  const ec2 = callsOf(
    "ec2",
    "open-telemetry/opentelemetry-collector-contrib receiver/awscontainerinsightreceiver/internal/host",
  );
  const logs = callsOf(
    "logs",
    "open-telemetry/opentelemetry-collector-contrib internal/aws/cwlogs/cwlog_client.go",
  );
  return [
    ...ec2("name the node group and the volumes of a node", "DescribeTags DescribeVolumes", ["*"]),
    ...logs(
      "write metrics as log events",
      "CreateLogStream PutLogEvents",
      groupArns.map((arn) => `${arn}:log-stream:*`),
    ),
    ...logShipperCalls(groupArns),
  ];
}

export const containerInsightsAccounts = ofAccounts({
  "amazon-cloudwatch-observability": ({ place, resources }) =>
    containerInsightsCalls(
      resources("aws_cloudwatch_log_group")
        .map(({ name }) => text(name))
        .filter((name) => name.startsWith(`/aws/containerinsights/${place.clusterName}/`))
        .map((name) => `${logGroupPrefix(place)}${name}`),
    ),
});

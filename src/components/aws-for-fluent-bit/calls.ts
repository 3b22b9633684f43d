import { at, text } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { logGroupPrefix, ofAccounts } from "../synthesized";

const SOURCE = "fluent/fluent-bit plugins/out_cloudwatch_logs/cloudwatch_api.c (0003f7ac)";

/** What Fluent Bit's cloudwatch_logs output calls for a group that is there already. */
export function logShipperCalls(groupArns: readonly string[], createsGroup = false): AwsCall[] {
  const logs = callsOf("logs", SOURCE);
  // Streams and events are judged by the stream's ARN (Service Authorization Reference, CloudWatch Logs).
  const streams = groupArns.map((arn) => `${arn}:log-stream:*`);
  return [
    ...logs("make a stream and write to it", "CreateLogStream PutLogEvents", streams),
    ...(createsGroup ? logs("make the group", "CreateLogGroup", groupArns) : []),
  ];
}

export const logShipperAccounts = ofAccounts({
  "aws-for-fluent-bit": ({ place, releases }) =>
    logShipperCalls(
      releases("aws-for-fluent-bit").map(
        (values) => `${logGroupPrefix(place)}${text(at(values, "cloudWatchLogs", "logGroupName"))}`,
      ),
    ),
});

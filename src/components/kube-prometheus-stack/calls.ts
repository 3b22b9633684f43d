import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";

/** What Alertmanager calls for receivers of SNS. */
export function alertmanagerCalls(topicArns: readonly string[]): AwsCall[] {
  return topicArns.flatMap((arn) =>
    callsOf("sns", "prometheus/alertmanager notify/sns/sns.go")("tell of an alert", "Publish", [arn]),
  );
}

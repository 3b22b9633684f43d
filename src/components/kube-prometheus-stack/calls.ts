import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { each, ofAccounts } from "../synthesized";

/** What Alertmanager calls for receivers of SNS. */
export function alertmanagerCalls(topicArns: readonly string[]): AwsCall[] {
  return topicArns.flatMap((arn) =>
    callsOf("sns", "prometheus/alertmanager notify/sns/sns.go")("tell of an alert", "Publish", [arn]),
  );
}

export const alertmanagerAccounts = ofAccounts({
  alertmanager: ({ releases, deep }) =>
    alertmanagerCalls(each(releases("kube-prometheus-stack").flatMap((values) => deep(values, "topic_arn")))),
});
